import { cx } from "../ui/cx";

/** In the place of the list until it is known who is here. */
export function PeopleSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-0.5 px-2">
      {["w-28", "w-20", "w-24"].map((width) => (
        <div key={width} className="flex min-h-10 items-center gap-3 px-2">
          <span className="skeleton size-6 rounded-full" />
          <span className={cx("skeleton h-3.5", width)} />
        </div>
      ))}
    </div>
  );
}
