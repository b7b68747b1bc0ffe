import { cx } from "../ui/cx";

interface Counts {
  unread: number | null;
  mentions: number | null;
  muted: boolean;
}
const upTo99 = (count: number): string => (count > 99 ? "99+" : String(count));

/** Worth a heavier name: something to read in a room that may call. */
export const isCalling = ({ unread, muted }: Counts): boolean => !muted && (unread ?? 0) > 0;

/**
 * How much there is to read, with an `@` and the one accent where it is meant for the reader. A
 * muted room counts nothing; that somebody was meant there it says quietly.
 */
export function UnreadBadge(room: Counts & { word: "unread" | "new" }) {
  const { unread, muted, word } = room;
  const mentions = room.mentions ?? 0;
  const meant = mentions > 0 && (
    <span className="sr-only">
      {` ${upTo99(mentions)} ${mentions === 1 ? "mentions" : "mention"} you`}
    </span>
  );
  if (muted) {
    if (!meant) return null;
    return (
      <span className="rounded-full border border-strong px-1.5 text-fine text-soft">@{meant}</span>
    );
  }
  if (!unread) return null;
  return (
    <span
      className={cx(
        "tabular rounded-full px-1.5 text-fine font-semibold forced-colors:border",
        meant ? "bg-accent text-on-accent" : "bg-line text-ink",
      )}
    >
      {meant && <span aria-hidden="true">@ </span>}
      {upTo99(unread)}
      {word === "new" ? " new" : <span className="sr-only"> unread</span>}
      {meant && <span className="sr-only">,</span>}
      {meant}
    </span>
  );
}
