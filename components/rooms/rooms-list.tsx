"use client";

import Link from "next/link";
import { BellOff, Lock } from "lucide-react";
import { people as peopleWords } from "../ui/format";
import { useHydrated } from "../ui/use-hydrated";
import { useMuted } from "./mutes";
import { UnreadBadge } from "./unread-badge";
import type { RoomItem } from "./use-rooms";
import { useRooms } from "./use-rooms";

/** All rooms one may enter: a list of lines, not of boxes. */
export function RoomsList({ initial }: { initial: RoomItem[] }) {
  const rooms = useRooms(initial);
  if (rooms.length === 0) {
    return (
      <div className="border-y border-line py-12">
        <p className="display text-title">No rooms yet.</p>
        <p className="mt-1 text-soft">Make the first one; it takes a name and nothing else.</p>
      </div>
    );
  }
  return (
    <ul aria-label="Rooms" className="divide-y divide-line border-y border-line">
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomLine room={room} />
        </li>
      ))}
    </ul>
  );
}

function RoomLine({ room: given }: { room: RoomItem }) {
  const room = { ...given, muted: useMuted(given.id, given.muted) };
  const hydrated = useHydrated();
  const { people } = room;
  return (
    <Link
      href={`/rooms/${room.id}`}
      className="group -mx-3 flex items-center gap-4 rounded-house px-3 py-4 hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 font-semibold">
          <bdi className="truncate">{room.name}</bdi>
          {room.visibility === "private" && (
            <>
              <Lock aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
              <span className="sr-only">(private)</span>
            </>
          )}
          {room.muted && (
            <>
              <BellOff aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
              <span className="sr-only">(muted)</span>
            </>
          )}
          <UnreadBadge {...room} word="new" />
        </span>
        {room.topic && (
          <span className="block truncate text-small text-quiet">
            <bdi>{room.topic}</bdi>
          </span>
        )}
      </span>
      <span className="tabular flex shrink-0 items-center gap-2 text-small text-soft">
        {people !== null && people > 0 && (
          <span aria-hidden="true" className="size-2 rounded-full bg-good" />
        )}
        {/* The number is formatted in the reader's language, which the server does not know. */}
        {people === null ? "" : people === 0 ? "Empty" : hydrated ? peopleWords(people) : people}
      </span>
    </Link>
  );
}

export function RoomsListSkeleton() {
  return (
    <div aria-hidden="true" className="divide-y divide-line border-y border-line">
      {["w-24", "w-36", "w-28"].map((width) => (
        <div key={width} className="grid gap-2 py-4">
          <span className={`skeleton h-5 ${width}`} />
          <span className="skeleton h-4 w-56" />
        </div>
      ))}
    </div>
  );
}
