"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { useId, useRef, useState } from "react";
import { cx } from "../ui/cx";

const ITEMS = '[role="menuitem"], [role="menuitemradio"]';

/**
 * A menu button after the ARIA authoring practices: arrows move, Home and End jump, letters are not
 * needed for a handful of items, Escape and a press outside close it (the popover does both) and the
 * focus goes back to the button.
 */
export function Menu({
  label,
  button,
  children,
  buttonClass,
}: {
  label: string;
  button: ReactNode;
  children: ReactNode;
  buttonClass?: string;
}) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);

  /** Under the button, right edges in line. By script: anchor positioning is too young (2025). */
  function place() {
    const box = opener.current?.getBoundingClientRect();
    if (!box || !menu.current) return;
    const right = document.documentElement.clientWidth - box.right;
    menu.current.style.top = `${box.bottom + 8}px`;
    menu.current.style.right = `${Math.max(8, right)}px`;
  }

  const items = () => Array.from(menu.current?.querySelectorAll<HTMLElement>(ITEMS) ?? []);
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
      menu.current?.hidePopover();
    }
  }

  return (
    <>
      <button
        ref={opener}
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        className={cx("rounded-full", buttonClass)}
      >
        {button}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={move}
        onBeforeToggle={place}
        onToggle={(event) => {
          const opened = event.newState === "open";
          setOpen(opened);
          if (opened) items()[0]?.focus();
        }}
        className="w-64 rounded-house border border-line bg-surface p-1 text-ink shadow-float"
      >
        {children}
      </div>
    </>
  );
}

/** The look of every line in a menu. */
export const menuItemClass =
  "flex w-full min-h-9 items-center gap-3 rounded-[6px] px-3 py-2 text-left text-small hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11";
