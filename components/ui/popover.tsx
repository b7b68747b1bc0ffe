"use client";

import type { ReactNode, RefObject } from "react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { cx } from "./cx";

const GAP_PX = 6;
const EDGE_PX = 8;

/** Beside its anchor, above or below where there is room, and always inside the window. */
function place(box: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + GAP_PX;
  const fits = below + height + EDGE_PX <= clientHeight;
  const top = fits ? below : Math.max(EDGE_PX, at.top - GAP_PX - height);
  const left = Math.min(Math.max(EDGE_PX, at.right - width), clientWidth - width - EDGE_PX);
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}

/**
 * Something small that floats beside what opened it, for as long as it is mounted. The browser's own
 * popover: Escape and a press outside close it, and the focus goes back to where it came from.
 */
export function Popover({
  anchor,
  onClose,
  children,
  className,
  ...rest
}: {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
  className?: string;
  role: "dialog" | "menu";
  "aria-label": string;
}) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!box.current?.matches(":popover-open")) box.current?.showPopover();
  }, []);
  useEffect(() => {
    const put = () => box.current && anchor.current && place(box.current, anchor.current);
    put();
    window.addEventListener("resize", put);
    return () => window.removeEventListener("resize", put);
  }, [anchor]);
  return (
    <div
      ref={box}
      popover="auto"
      tabIndex={-1}
      onToggle={(event) => event.newState === "closed" && onClose()}
      className={cx(
        "rounded-house border border-line bg-surface text-ink shadow-float outline-none",
        className,
      )}
      {...rest}
    >
      {children}
    </div>
  );
}
