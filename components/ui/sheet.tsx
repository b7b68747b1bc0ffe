"use client";

import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { X } from "lucide-react";
import { IconButton } from "./button";
import { InSheet } from "./in-sheet";

/**
 * A panel over the page, as a native modal dialog: focus stays inside, Escape and a tap outside
 * close it. Opening adds a history entry, so that the back button closes it and stays in the room.
 */
export function Sheet({
  open,
  onClose,
  title,
  side = "left",
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  side?: "left" | "right";
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    close.current = onClose;
  });

  useEffect(() => {
    if (!open) return;
    const element = dialog.current;
    if (!element) return;
    element.showModal();
    // A press on the backdrop arrives as one on the dialog itself.
    const onPress = (event: MouseEvent) => event.target === element && close.current();
    element.addEventListener("click", onPress);
    clearTimeout(leaving.current);
    if (!history.state?.sheet) history.pushState({ ...history.state, sheet: true }, "");
    const onBack = () => close.current();
    window.addEventListener("popstate", onBack);
    return () => {
      window.removeEventListener("popstate", onBack);
      element.removeEventListener("click", onPress);
      element.close();
      // Closed by other means than the back button: take our entry away again, unless strict mode reopens it.
      leaving.current = setTimeout(() => history.state?.sheet && history.back());
    };
  }, [open]);

  return (
    <dialog
      ref={dialog}
      data-side={side}
      aria-label={title}
      className="sheet bg-sunken text-ink"
      // Told a moment later: React's strict mode has opened it a second time by then.
      onClose={() => dialog.current?.open || close.current()}
    >
      {open && (
        <div className="flex h-full flex-col pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)]">
          <header className="flex items-center justify-between py-2 pr-2 pl-4">
            <h2 className="text-small font-semibold text-soft">{title}</h2>
            <IconButton label="Close" onClick={() => close.current()}>
              <X aria-hidden="true" className="size-5" />
            </IconButton>
          </header>
          {/* Scrolls, and may hold nothing else that takes the keyboard. */}
          <div
            role="group"
            aria-label={title}
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-3px]"
          >
            <InSheet value={true}>{children}</InSheet>
          </div>
        </div>
      )}
    </dialog>
  );
}
