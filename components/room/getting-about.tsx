"use client";

import { useEffect, useState } from "react";
import { preference } from "../shell/preferences";
import { later } from "../ui/later";
import { cycleRegion } from "./regions";
import { shortcutOf } from "./shortcuts";

// Nobody waits for what is opened by a key now and then.
const QuickSwitch = later(() => import("./quick-switch").then((file) => file.QuickSwitch));
const ShortcutsHelp = later(() => import("./shortcuts-help").then((file) => file.ShortcutsHelp));

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
    <>
      {open === "switch" && <QuickSwitch current={room} onClose={close("switch")} missing={null} />}
      {open === "help" && <ShortcutsHelp onClose={close("help")} missing={null} />}
    </>
  );
}

/** One dialog at a time. */
const isFree = (): boolean => document.querySelector("dialog[open]") === null;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input, textarea, select"));
