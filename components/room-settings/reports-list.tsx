"use client";

import { useCallback } from "react";
import { listReports, settleReport } from "@/lib/client/room-admin";
import { Listing } from "./listing";
import { ReportLine } from "./report-line";
import { useLineDeed, useListing } from "./use-listing";

/** Messages that people asked to be looked at, as they were when they did. */
export function ReportsList({ room, archived }: { room: string; archived: boolean }) {
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
        entries.map((report) => (
          <ReportLine
            key={report.n}
            report={report}
            room={room}
            now={now}
            archived={archived}
            busy={busy === String(report.n)}
            onSettle={(remove) =>
              void run(String(report.n), () => settleReport(room, report.n, remove))
            }
          />
        ))
      }
    </Listing>
  );
}
