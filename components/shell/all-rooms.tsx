import Link from "next/link";
import { buttonClass, type ButtonProps } from "../ui/button";

/** The way on from a page that leads nowhere. */
export function AllRooms({ look = "primary", small }: Pick<ButtonProps, "look" | "small">) {
  return (
    <Link href="/rooms" className={buttonClass(look, small)}>
      All rooms
    </Link>
  );
}
