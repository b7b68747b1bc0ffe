import type { Status } from "@/lib/protocol/values";

/** Here: a full disc. Away: a half one. Gone: an empty ring. The word stands beside it. */
export function StatusSign({ status }: { status: Status }) {
  return (
    <svg
      viewBox="0 0 10 10"
      aria-hidden="true"
      className={status === "active" ? "size-2.5 text-good" : "size-2.5 text-quiet"}
    >
      {status === "active" && <circle cx="5" cy="5" r="4" fill="currentColor" />}
      {status !== "active" && (
        <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      )}
      {status === "away" && <path d="M5 1.5a3.5 3.5 0 0 0 0 7z" fill="currentColor" />}
    </svg>
  );
}

export const STATUS_WORDS: Record<Status, string> = {
  active: "here",
  away: "away",
  offline: "offline",
};
