import { cx } from "./cx";
import { hueClass, initials } from "./person";

const sizes = {
  small: "size-6 text-[0.625rem]",
  middle: "size-8 text-fine",
  large: "size-10 text-small",
};

export interface Face {
  id: string;
  name: string;
  picture?: string | null | undefined;
}

/** Initials on the person's colour, or their picture. Always beside the name, so silent by itself. */
export function Avatar({
  person,
  size = "middle",
  className,
}: {
  person: Face;
  size?: keyof typeof sizes;
  className?: string;
}) {
  const shape = cx("block shrink-0 rounded-full", sizes[size], className);
  if (person.picture) {
    return (
      <img
        src={person.picture}
        alt=""
        referrerPolicy="no-referrer"
        loading="lazy"
        className={cx(shape, "object-cover")}
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      className={cx(
        shape,
        hueClass(person.id),
        "grid place-items-center bg-person-fill font-semibold tracking-wide text-person-on select-none forced-colors:border",
      )}
    >
      {initials(person.name)}
    </span>
  );
}
