import type { ComponentProps, ReactNode } from "react";
import { CircleAlert } from "lucide-react";
import { cx } from "./cx";

export const inputClass =
  "w-full min-h-11 rounded-house border border-strong bg-surface px-3 py-2 text-body text-ink " +
  "placeholder:text-quiet hover:border-soft aria-invalid:border-danger aria-invalid:border-2 read-only:text-soft";

export interface FieldProps extends ComponentProps<"input"> {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** A button or unit at the end of the input. */
  end?: ReactNode;
}

/** A labelled input; hint and error are tied to it, and the error is told by words and an icon. */
export function Field({ id, label, hint, error, end, className, ...input }: FieldProps) {
  const described = cx(hint && `${id}-hint`, error && `${id}-error`);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-small font-medium text-soft">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className={cx(inputClass, end ? "pr-12" : false, className)}
          {...input}
        />
        {end && <div className="absolute inset-y-0 right-1 grid place-items-center">{end}</div>}
      </div>
      {hint && !error && (
        <p id={`${id}-hint`} className="text-small text-quiet">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-small font-medium text-danger">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
