"use client";

import { Settings2 } from "lucide-react";
import { useRoom } from "@/lib/client/react";
import { may } from "@/lib/room/permissions";
import type { RoomFacts } from "../room/room-header";
import { AppLink } from "../ui/app-link";
import { AddPerson } from "./add-person";
import { LeaveRoom } from "./leave-room";

/** What one can do about the room and who is on its list. */
export function RoomKeeping({ room, person }: { room: RoomFacts; person: string }) {
  const { role, archived } = useRoom((view) => ({
    role: view.me?.role,
    archived: view.settings.archived,
  }));
  // Between two people nobody is added, and nobody leaves.
  const listed = room.visibility !== "public" && !room.direct;
  const own = archived === true ? room.standing : role;
  const keeps = own !== undefined && may(own, "see_reports");
  return (
    <>
      {listed && <AddPerson room={room.id} />}
      {keeps && (
        <div className="mt-1 px-4">
          <AppLink
            href={`/rooms/${room.id}/settings`}
            className="flex min-h-10 items-center gap-2 rounded-house px-1 text-small text-soft hover:text-ink pointer-coarse:min-h-11"
          >
            <Settings2 aria-hidden="true" className="size-4" />
            Room settings
          </AppLink>
        </div>
      )}
      {listed && <LeaveRoom room={room.id} name={room.name} person={person} />}
    </>
  );
}
