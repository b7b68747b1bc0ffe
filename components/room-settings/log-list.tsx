"use client";

import { useCallback } from "react";
import { listLog, type LogLine } from "@/lib/client/room-admin";
import { buttonClass } from "../ui/button";
import { clockTime, fullDate } from "../ui/format";
import { untilTime } from "../ui/until";
import { Listing } from "./listing";
import { useListing } from "./use-listing";

/** "change_role" reads "change role". */
const wordsOf = ({ action, user, reason, until, detail }: LogLine, now: number): string =>
  [
    action.replaceAll("_", " "),
    user && (user.name ?? user.id),
    until !== undefined && `until ${untilTime(until, now)}`,
    reason && `“${reason}”`,
    detail && `(${detail})`,
  ]
    .filter(Boolean)
    .join(" ");

/** Everything that was decided about this room and its people, newest first; all of it as a file. */
export function LogList({ room }: { room: string }) {
  const listing = useListing(useCallback(() => listLog(room), [room]));
  return (
    <div className="grid gap-4">
      <Listing
        label="Log"
        listing={listing}
        linesOf={({ lines }) => lines}
        empty="Nothing has been decided here yet."
      >
        {({ lines }, now) =>
          lines.slice(0, 20).map((line, at) => (
            // Two lines may be alike in all of it; their order does not change.
            <li key={`${line.at} ${at}`} className="flex gap-3 py-2 text-small">
              <time
                dateTime={new Date(line.at).toISOString()}
                title={fullDate(line.at)}
                className="tabular w-12 shrink-0 text-quiet"
              >
                {clockTime(line.at)}
              </time>
              <span className="min-w-0 break-words">
                <bdi className="font-medium">{line.by?.name ?? line.by?.id ?? "The room"}</bdi>:{" "}
                {wordsOf(line, now)}
              </span>
            </li>
          ))
        }
      </Listing>
      <p className="flex flex-wrap gap-2">
        <a
          href={`/api/rooms/${room}/log?format=csv`}
          download
          className={buttonClass("plain", true)}
        >
          All of it as CSV
        </a>
        <a
          href={`/api/rooms/${room}/log?format=jsonl`}
          download
          className={buttonClass("plain", true)}
        >
          All of it as JSON lines
        </a>
      </p>
    </div>
  );
}
