"use client";

import { useCallback } from "react";
import { listBans, unbanPerson } from "@/lib/client/room-admin";
import { Button } from "../ui/button";
import { fullDate } from "../ui/format";
import { untilTime } from "../ui/until";
import { Listing } from "./listing";
import { useLineDeed, useListing } from "./use-listing";

/** Who is kept out, until when and why, each with a way to let them in again. */
export function BansList({ room }: { room: string }) {
  const listing = useListing(useCallback(() => listBans(room), [room]));
  const { busy, refusal, run } = useLineDeed(listing.reload);
  return (
    <Listing
      label="Bans"
      listing={listing}
      linesOf={({ bans }) => bans}
      empty="Nobody is banned."
      refusal={refusal}
    >
      {({ bans }, at) =>
        bans.map(({ user, until, reason, at: since }) => (
          <li key={user.id} className="flex min-h-14 items-center gap-4 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">
                <bdi>{user.name}</bdi>
              </p>
              <p className="text-small break-words text-quiet" title={fullDate(since)}>
                {until === null ? "For ever" : `Until ${untilTime(until, at)}`}
                {reason && `: ${reason}`}
              </p>
            </div>
            <Button
              small
              aria-label={`Lift the ban of ${user.name}`}
              aria-busy={busy === user.id}
              onClick={() => void run(user.id, () => unbanPerson(room, user.id))}
            >
              Lift
            </Button>
          </li>
        ))
      }
    </Listing>
  );
}
