"use client";

import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { X } from "lucide-react";
import { IconButton } from "./button";

/** A question in the middle of the page, as a native modal dialog: focus stays inside, Escape closes. */
export function Dialog({
  open,
  onClose,
  title,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    element.showModal();
    // Where there is something to type, that is what the dialog was opened for.
    element.querySelector<HTMLInputElement>("input:not([readonly])")?.focus();
    return () => element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      // Told a moment later: React's strict mode has opened it a second time by then.
      onClose={() => dialog.current?.open || onClose()}
      className="arrive m-auto w-[min(24rem,calc(100vw-2rem))] rounded-house border border-line bg-paper p-6 text-ink shadow-float backdrop:bg-(--scrim)"
    >
      {open && (
        <>
          <header className="mb-4 flex items-center justify-between gap-4">
            <h2 id={id} className="text-title font-semibold">
              {title}
            </h2>
            <IconButton label="Close" onClick={onClose}>
              <X aria-hidden="true" className="size-5" />
            </IconButton>
          </header>
          {children}
        </>
      )}
    </dialog>
  );
}
