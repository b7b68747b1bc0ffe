import type { ComponentProps } from "react";
import { FieldError, inputClass } from "../ui/field";
import { cx } from "../ui/cx";

/** A labelled choice from a list. */
export function SelectField({
  id,
  label,
  hint,
  error,
  options,
  className,
  ...rest
}: ComponentProps<"select"> & {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  options: readonly { value: string; label: string }[];
}) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-small font-medium text-soft">
        {label}
      </label>
      <select
        id={id}
        aria-describedby={cx(hint && `${id}-hint`, error && `${id}-error`) || undefined}
        className={cx(inputClass, className)}
        {...rest}
      >
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {hint && (
        <p id={`${id}-hint`} className="text-small text-quiet">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  );
}
