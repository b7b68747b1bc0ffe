import Link from "next/link";
import { HousePage } from "../shell/house-page";
import { buttonClass } from "../ui/button";
import { DateTime } from "../ui/date-time";

/** In place of a room: one is banned there, until when, and why. */
export function Banned({ until, reason }: { until: number | null; reason: string | null }) {
  return (
    <HousePage
      title="You’re banned from this room."
      actions={
        <Link href="/rooms" className={buttonClass("primary")}>
          All rooms
        </Link>
      }
    >
      <p>
        {until === null ? (
          "A moderator has closed it to you, and the ban has no end."
        ) : (
          <>
            A moderator has closed it to you until <DateTime at={until} />.
          </>
        )}
      </p>
      <p>
        {reason === null ? (
          "No reason was given."
        ) : (
          <>
            Their reason: <q className="break-words text-ink">{reason}</q>
          </>
        )}
      </p>
    </HousePage>
  );
}
