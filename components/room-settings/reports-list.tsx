"use client";

import Link from "next/link";
import { useCallback } from "react";
import { listReports, settleReport } from "@/lib/client/room-admin";
import { anchorOf } from "../room/anchor";
import { Button, buttonClass } from "../ui/button";
import { ago, fullDate } from "../ui/format";
import { Listing } from "./listing";
import { useLineDeed, useListing } from "./use-listing";

/** Messages that people asked to be looked at, as they were when they did. */
export function ReportsList({ room }: { room: string }) {
  const listing = useListing(useCallback(() => listReports(room), [room]));
  const { busy, refusal, run } = useLineDeed(listing.reload);
  return (
    <Listing
      label="Reports"
      listing={listing}
      linesOf={({ entries }) => entries}
      empty="Nothing is waiting."
      refusal={refusal}
    >
      {({ entries }, now) =>
        entries.map(({ n, at, by, seq, author, text, reason }) => (
          <li key={n} className="grid gap-2 py-3">
            <p className="text-small text-quiet">
              <bdi className="font-medium text-ink">{by.name ?? "Somebody"}</bdi> about{" "}
              <bdi className="font-medium text-ink">{author.name ?? "somebody"}</bdi>,{" "}
              <time dateTime={new Date(at).toISOString()} title={fullDate(at)}>
                {ago(at, now)}
              </time>
              {reason && `: ${reason}`}
            </p>
            <blockquote
              dir="auto"
              className="line-clamp-6 border-l-2 border-strong pl-3 break-words whitespace-pre-wrap"
            >
              {text}
            </blockquote>
            <div className="flex flex-wrap gap-2">
              <Link href={`/rooms/${room}#${anchorOf(seq)}`} className={buttonClass("plain", true)}>
                Go to the message
              </Link>
              <Button
                small
                aria-busy={busy === String(n)}
                onClick={() => void run(String(n), () => settleReport(room, n))}
              >
                Dismiss
              </Button>
            </div>
          </li>
        ))
      }
    </Listing>
  );
}
