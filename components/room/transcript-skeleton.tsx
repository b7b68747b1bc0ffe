import { cx } from "../ui/cx";

const LINES = [
  ["w-24", "w-3/5"],
  ["w-32", "w-4/5", "w-2/5"],
  ["w-20", "w-1/2"],
  ["w-28", "w-2/3", "w-1/3"],
  ["w-24", "w-3/4"],
];

/** Groups of the size they will have, standing at the end like the messages they wait for. */
export function TranscriptSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-1 flex-col justify-end overflow-hidden">
      {LINES.map(([name, ...texts], index) => (
        <div key={index} className="flex gap-3 pt-5">
          <span className="skeleton size-8 shrink-0 rounded-full" />
          <div className="grid flex-1 gap-2 py-1">
            <span className={cx("skeleton h-4", name)} />
            {texts.map((width) => (
              <span key={width} className={cx("skeleton h-4", width)} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
