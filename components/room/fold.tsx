"use client";

import type { ReactNode } from "react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { cx } from "../ui/cx";
import { useTalkState } from "./talk";

/**
 * The beginning of a long message, and all of it when it is asked for, led to, or looked for: what the
 * browser has found in the rest, or where the focus goes, scrolls the fold, which opens it. All of it
 * is in the document, to be read aloud, selected and copied.
 */
export function Fold({ seq, children }: { seq: number | undefined; children: ReactNode }) {
  const led = useTalkState((state) => seq !== undefined && state.sought === seq);
  const [wasLed, setWasLed] = useState(led);
  const [open, setOpen] = useState(led);
  if (led !== wasLed) {
    setWasLed(led);
    if (led) setOpen(true);
  }
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  /** Opened, it grows downwards; closed, what follows stays where it is. */
  function turn(to: boolean, scrolled = 0) {
    const topOf = () => button.current?.getBoundingClientRect().top ?? 0;
    const before = topOf();
    flushSync(() => setOpen(to));
    const log = box.current?.closest("[role=log]");
    if (!log) return;
    log.scrollTop += to ? scrolled : topOf() - before;
    // Here one reads: the transcript hears it before it hears of the new height.
    log.dispatchEvent(new Event("scroll"));
  }

  return (
    <>
      <div
        ref={box}
        className={cx(
          !open &&
            "max-h-[18em] overflow-hidden [mask-image:linear-gradient(to_top,transparent,currentcolor_3em)]",
        )}
        onScroll={({ currentTarget: { scrollTop } }) => !open && turn(true, scrollTop)}
      >
        {children}
      </div>
      <button
        ref={button}
        type="button"
        tabIndex={-1}
        onClick={() => turn(!open)}
        className="thumb -ml-2 flex min-h-8 items-center rounded-[6px] px-2 text-small font-medium text-soft underline decoration-1 underline-offset-2 hover:bg-hover hover:text-ink"
      >
        {open ? "Show less" : "Show more"}
      </button>
    </>
  );
}
