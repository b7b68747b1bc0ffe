import { cx } from "./cx";

/** The mark: a door ajar, and the light of the room behind it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cx("size-6", className)}>
      <path className="fill-accent" d="M5 3.5h14v17H5z" />
      <path className="fill-ink" d="M5 2 14.5 5.6v12.8L5 22z" />
      <circle className="fill-paper" cx="11.6" cy="12.2" r="1.15" />
    </svg>
  );
}

/** Mark and name together. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx("inline-flex items-center gap-2 text-title", className)}>
      <Mark />
      <span className="display">Guestlist</span>
    </span>
  );
}
