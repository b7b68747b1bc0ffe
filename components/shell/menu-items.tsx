"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { useLayoutEffect, useRef } from "react";

const ITEMS = '[role="menuitem"], [role="menuitemradio"]';

/**
 * The items of a menu button after the ARIA authoring practices, inside of its popover: the first has
 * the focus, arrows move, Home and End jump, Tab leaves; letters are not needed for a handful of items.
 * `button` is the selector of what opened it.
 */
export function MenuItems({ button, children }: { button: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const items = () => Array.from(box.current?.querySelectorAll<HTMLElement>(ITEMS) ?? []);
  const popover = () => box.current?.closest<HTMLElement>("[popover]");

  useLayoutEffect(() => {
    // Under the button, right edges in line. By script: anchor positioning is too young (2025).
    const at = document.querySelector(button)?.getBoundingClientRect();
    const menu = popover();
    if (at && menu) {
      menu.style.top = `${at.bottom + 8}px`;
      menu.style.right = `${Math.max(8, document.documentElement.clientWidth - at.right)}px`;
    }
    items()[0]?.focus();
  }, [button]);

  function move(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all[(at - 1 + all.length) % all.length],
      Home: all[0],
      End: all[all.length - 1],
    }[event.key];
    if (next) {
      event.preventDefault();
      next.focus();
    } else if (event.key === "Tab") {
      popover()?.hidePopover();
    }
  }

  return (
    <div ref={box} role="none" className="p-1" onKeyDown={move}>
      {children}
    </div>
  );
}

/** The look of every line in a menu. */
export const menuItemClass =
  "flex w-full min-h-9 items-center gap-3 rounded-[6px] px-3 py-2 text-left text-small hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11";
