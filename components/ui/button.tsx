import type { ComponentProps } from "react";
import { cx } from "./cx";

const looks = {
  primary:
    "bg-accent text-on-accent font-semibold hover:bg-accent-hover disabled:bg-hover disabled:text-quiet forced-colors:border",
  plain:
    "border border-strong bg-surface text-ink font-medium hover:bg-hover disabled:border-line disabled:text-quiet",
  quiet: "text-soft font-medium hover:bg-hover hover:text-ink disabled:text-quiet",
  danger:
    "border border-strong bg-surface text-danger font-medium hover:bg-danger-wash disabled:border-line disabled:text-quiet",
};

export interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks;
  /** Small: 32 px with a pointer, 44 px with a thumb. Else 44 px everywhere. */
  small?: boolean;
}

export const buttonClass = (look: keyof typeof looks = "plain", small = false): string =>
  cx(
    "inline-flex items-center justify-center gap-2 rounded-house whitespace-nowrap select-none",
    "transition-colors duration-[var(--quick)]",
    small ? "target px-3 py-1 text-small" : "min-h-11 px-4 py-2 text-body",
    looks[look],
  );

export function Button({ look, small, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={cx(buttonClass(look, small), className)} {...rest} />;
}

/** A square button that shows an icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  className,
  ...rest
}: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        "target inline-flex items-center justify-center rounded-house text-soft transition-colors duration-[var(--quick)] hover:bg-hover hover:text-ink",
        className,
      )}
      {...rest}
    />
  );
}
