import Link from "next/link";
import { HousePage } from "../shell/house-page";
import { buttonClass } from "../ui/button";

/** For every code that leads nowhere: the page does not tell one cause from another. */
export function NoInvite() {
  return (
    <HousePage
      title="This invitation leads nowhere."
      actions={
        <Link href="/rooms" className={buttonClass("primary")}>
          All rooms
        </Link>
      }
    >
      <p>
        It may have run out, been used up or been taken back, or the link has a letter too few. Ask
        whoever sent it for a new one.
      </p>
    </HousePage>
  );
}
