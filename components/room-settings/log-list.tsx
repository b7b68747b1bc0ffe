"use client";

import { useCallback } from "react";
import { listLog } from "@/lib/client/room-admin";
import { buttonClass } from "../ui/button";
import { fullDate } from "../ui/format";
import { untilTime } from "../ui/until";
import { Listing } from "./listing";
import { logWords } from "./log-words";
import { useListing } from "./use-listing";

/** Everything that was decided about this room and its people, newest first; all of it as a file. */
export function LogList({ room }: { room: string }) {
  const listing = useListing(useCallback(() => listLog(room), [room]));
  return (
    <div className="grid grid-cols-1 gap-4">
      <Listing
        label="Log"
        listing={listing}
        linesOf={({ lines }) => lines}
        empty="Nothing has been decided here yet."
      >
        {({ lines }, now) =>
          lines.slice(0, 20).map((line, at) => (
            // Two lines may be alike in all of it; their order does not change.
            <li key={`${line.at} ${at}`} className="py-2.5 text-small">
              <p className="min-w-0 break-words">
                <bdi className="font-medium">{line.by?.name ?? line.by?.id ?? "The room"}</bdi>{" "}
                {logWords(line, now)}
              </p>
              <time
                dateTime={new Date(line.at).toISOString()}
                title={fullDate(line.at)}
                className="tabular text-fine text-quiet"
              >
                {untilTime(line.at, now)}
              </time>
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
