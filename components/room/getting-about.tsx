"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { preference } from "../shell/preferences";
import { cycleRegion } from "./regions";
import { shortcutOf } from "./shortcuts";

// Nobody waits for what is opened by a key now and then.
const QuickSwitch = lazy(() =>
  import("./quick-switch").then(({ QuickSwitch }) => ({ default: QuickSwitch })),
);
const ShortcutsHelp = lazy(() =>
  import("./shortcuts-help").then(({ ShortcutsHelp }) => ({ default: ShortcutsHelp })),
);

/** The keys that work wherever the focus is, and the dialogs they open. */
export function GettingAbout({ room }: { room: string }) {
  const [open, setOpen] = useState<"switch" | "help" | null>(null);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isTyping(event.target);
      const shortcut = shortcutOf(event, { typing, singleKeys: preference("singleKeys") });
      if (!shortcut) return;
      event.preventDefault();
      if (shortcut === "region") cycleRegion(1);
      else if (shortcut === "regionBack") cycleRegion(-1);
      // The key that opened it closes it.
      else setOpen((now) => (now === shortcut ? null : isFree() ? shortcut : now));
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  // A dialog that closes late must not take the next one with it.
  const close = (which: typeof open) => () => setOpen((now) => (now === which ? null : now));
  return (
    <Suspense fallback={null}>
      {open === "switch" && <QuickSwitch current={room} onClose={close("switch")} />}
      {open === "help" && <ShortcutsHelp onClose={close("help")} />}
    </Suspense>
  );
}

/** One dialog at a time. */
const isFree = (): boolean => document.querySelector("dialog[open]") === null;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select"));
