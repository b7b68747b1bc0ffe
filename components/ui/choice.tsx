import { cx } from "./cx";

export interface ChoiceLine {
  value: string;
  label: string;
  hint?: string;
}

/**
 * One of a few, as radio buttons, each with a sentence where it needs one: in boxes where the choice
 * is worth reading twice, in plain lines where there is little room.
 */
export function Choice({
  legend,
  name,
  lines,
  chosen,
  boxed = false,
}: {
  legend: string;
  name: string;
  lines: readonly ChoiceLine[];
  /** What is chosen at first. */
  chosen: string;
  boxed?: boolean;
}) {
  return (
    <fieldset className={boxed ? "grid gap-2" : "grid gap-1"}>
      <legend className="mb-1.5 text-small font-medium text-soft">{legend}</legend>
      {lines.map(({ value, label, hint }) => (
        <label
          key={value}
          className={cx(
            "grid cursor-pointer grid-cols-[auto_1fr] items-center gap-x-3 rounded-house text-small hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent-ink",
            boxed
              ? "border border-line bg-surface px-3 py-2.5 has-checked:border-ink"
              : "min-h-9 px-2 py-1 pointer-coarse:min-h-11",
          )}
        >
          <input
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === chosen}
            className="size-4 outline-none"
          />
          <span className={cx("first-letter:uppercase", boxed && "font-semibold")}>{label}</span>
          {hint && (
            <span className={cx("col-start-2", boxed ? "text-soft" : "text-fine text-quiet")}>
              {hint}
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
