"use client";

import { useId } from "react";
import { cx } from "./cx";
import { useHydrated } from "./use-hydrated";

/** Something that is on or off at once, with its name and what it means beside it. */
export function Switch({
  label,
  hint,
  on,
  disabled = false,
  onChange,
}: {
  label: string;
  hint?: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}) {
  const id = useId();
  const hydrated = useHydrated();
  return (
    <div className="flex items-start justify-between gap-6 py-1">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-small text-quiet">
            {hint}
          </p>
        )}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={on}
        aria-describedby={hint ? `${id}-hint` : undefined}
        disabled={disabled || !hydrated}
        onClick={() => onChange(!on)}
        className={cx(
          "relative mt-0.5 h-6 w-11 shrink-0 rounded-full border transition-colors duration-[var(--quick)]",
          "pointer-coarse:after:absolute pointer-coarse:after:-inset-2.5",
          on ? "border-accent bg-accent" : "border-strong bg-surface",
          "disabled:border-line disabled:bg-hover",
        )}
      >
        <span
          aria-hidden="true"
          className={cx(
            "absolute top-0.5 left-0.5 size-[1.125rem] rounded-full transition-transform duration-[var(--quick)] forced-colors:bg-[ButtonText]",
            on ? "translate-x-5 bg-on-accent" : "bg-strong",
          )}
        />
      </button>
    </div>
  );
}
