/** A choice of a few, each a line with a sentence where it needs one. */
export function RadioLines({
  legend,
  name,
  lines,
  chosen,
}: {
  legend: string;
  name: string;
  lines: readonly { value: string; label: string; hint?: string }[];
  chosen: string;
}) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-small font-medium text-soft">{legend}</legend>
      {lines.map(({ value, label, hint }) => (
        <label
          key={value}
          className="grid min-h-9 cursor-pointer grid-cols-[auto_1fr] items-center gap-x-3 rounded-house px-2 py-1 text-small hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent-ink pointer-coarse:min-h-11"
        >
          <input
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === chosen}
            className="size-4 outline-none"
          />
          <span className="first-letter:uppercase">{label}</span>
          {hint && <span className="col-start-2 text-fine text-quiet">{hint}</span>}
        </label>
      ))}
    </fieldset>
  );
}
