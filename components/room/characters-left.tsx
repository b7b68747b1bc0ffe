import { cx } from "../ui/cx";
import { leftWords } from "./length";

/** The counter of a field that is nearly full or too full; nothing while there is room enough. */
export function CharactersLeft({
  id,
  left,
  className,
}: {
  id: string;
  left: number | null;
  className?: string;
}) {
  if (left === null) return null;
  const ink = left < 0 ? "font-semibold text-danger" : "text-quiet";
  return (
    <span id={id} className={cx("tabular text-fine", ink, className)}>
      {leftWords(left)}
    </span>
  );
}
