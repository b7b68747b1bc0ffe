"use client";

import type { ReactNode } from "react";
import Link from "next/link";
import { Archive, BellOff, Lock, Mail } from "lucide-react";
import { Avatar } from "../ui/avatar";
import { people as peopleWords } from "../ui/format";
import { useHydrated } from "../ui/use-hydrated";
import { useMuted } from "./mutes";
import { UnreadBadge } from "./unread-badge";
import type { RoomItem, RoomLists } from "./use-rooms";
import { faceOf, VISIBILITY_WORDS } from "./visibility";

/** A room in the list of all, leading to it. */
export function RoomLine({ room: given }: { room: RoomItem }) {
  const room = { ...given, muted: useMuted(given.id, given.muted) };
  const { direct, archived, visibility } = room;
  return (
    <Link
      href={`/rooms/${room.id}`}
      className="group -mx-3 flex items-center gap-4 rounded-house px-3 py-4 hover:bg-hover"
    >
      {direct && <Avatar person={faceOf(room)} />}
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 font-semibold">
          <bdi className="truncate">{room.name}</bdi>
          {archived ? (
            <Sign word="archived">
              <Archive aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
            </Sign>
          ) : (
            !direct &&
            visibility !== "public" && (
              <Sign word={VISIBILITY_WORDS[visibility]}>
                <Lock aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
              </Sign>
            )
          )}
          {room.muted && (
            <Sign word="muted">
              <BellOff aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
            </Sign>
          )}
          <UnreadBadge {...room} word="new" />
        </span>
        <Topic>{room.topic}</Topic>
      </span>
      <Here room={room} />
    </Link>
  );
}

/** A room one knows of and may not enter. */
export function InvitationLine({ room }: { room: RoomLists["byInvitation"][number] }) {
  return (
    <div className="flex items-center gap-4 py-4">
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2 font-semibold">
          <bdi className="truncate">{room.name}</bdi>
          <Lock aria-hidden="true" className="size-3.5 shrink-0 text-quiet" />
        </span>
        <Topic>{room.topic}</Topic>
      </span>
      <span className="flex shrink-0 items-center gap-2 text-small text-quiet">
        <Mail aria-hidden="true" className="size-4" />
        Ask for a link
      </span>
    </div>
  );
}

function Sign({ word, children }: { word: string; children: ReactNode }) {
  return (
    <>
      {children}
      <span className="sr-only">({word})</span>
    </>
  );
}

function Topic({ children }: { children: string | null }) {
  if (!children) return null;
  return (
    <span className="block truncate text-small text-quiet">
      <bdi>{children}</bdi>
    </span>
  );
}

/** How many are in the room now; between two, whether somebody is. */
function Here({ room: { people, direct } }: { room: RoomItem }) {
  const hydrated = useHydrated();
  if (people === null || (direct && people === 0)) return null;
  return (
    <span className="tabular flex shrink-0 items-center gap-2 text-small text-soft">
      {people > 0 && <span aria-hidden="true" className="size-2 rounded-full bg-good" />}
      {/* The number is formatted in the reader's language, which the server does not know. */}
      {direct ? "Here" : people === 0 ? "Empty" : hydrated ? peopleWords(people) : people}
    </span>
  );
}
