"use client";

import type { ReactNode } from "react";

/** Something that is asked in the place of a message; Escape leads back to it. */
export function Question({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
      role="group"
      aria-label={label}
      aria-live="off"
      className="my-1 flex flex-wrap items-center gap-2 text-small"
    >
      <p aria-hidden="true" className="mr-1">
        {label}
      </p>
      {children}
    </div>
  );
}
