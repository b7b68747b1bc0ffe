/** A hairline with the name of the day. */
export function DayDivider({ name, ts }: { name: string; ts: number }) {
  return (
    <div
      role="separator"
      aria-label={name}
      className="flex items-center gap-4 pt-7 pb-1 text-fine font-medium text-quiet before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
    >
      <time dateTime={new Date(ts).toISOString()}>{name}</time>
    </div>
  );
}

/** Before the first message that came since the last visit. */
export function NewDivider() {
  return (
    <div
      role="separator"
      aria-label="New"
      data-new=""
      className="flex items-center gap-4 pt-6 pb-1 text-fine font-semibold text-accent-ink before:h-px before:flex-1 before:bg-accent-ink/60"
    >
      New
    </div>
  );
}
