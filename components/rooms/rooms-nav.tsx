"use client";

import { useRoom } from "@/lib/client/react";
import { useUnread } from "../room/use-unread";
import { AppLink } from "../ui/app-link";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { Icon, LOCK, PLUS } from "../ui/icon";
import { useInSheet } from "../ui/in-sheet";
import { later } from "../ui/later";
import { useMuted } from "./mutes";
import { isCalling, UnreadBadge } from "./unread-badge";
import type { RoomItem } from "./use-rooms";
import { useRooms } from "./use-rooms";
import { faceOf, VISIBILITY_WORDS } from "./visibility";

const MuteButton = later(() => import("./mute-button").then((file) => file.MuteButton));

/**
 * The rooms beside the one that is open. In a sheet its links replace the history entry that the
 * sheet had added, so that "back" leads to the room before, not to the sheet.
 */
export function RoomsNav({ initial, current }: { initial: RoomItem[]; current: string }) {
  const { rooms } = useRooms({ rooms: initial, byInvitation: [] });
  const replace = useInSheet();
  // What is archived is found on the page of all rooms.
  const shown = rooms.filter((room) => !room.archived || room.id === current);
  const direct = shown.filter((room) => room.direct);
  return (
    <nav aria-label="Rooms" className="grid grid-cols-1 gap-0.5 px-2 pb-4">
      {!replace && <h2 className="px-3 pb-2 text-fine font-semibold text-quiet">Rooms</h2>}
      <NavList rooms={shown.filter((room) => !room.direct)} current={current} />
      <AppLink
        href="/rooms#new-room"
        replace={replace}
        className="flex min-h-10 items-center gap-3 rounded-house px-3 text-small text-quiet hover:bg-hover hover:text-ink"
      >
        <Icon d={PLUS} className="size-4" />
        New room
      </AppLink>
      {direct.length > 0 && (
        <>
          <h2 className="px-3 pt-4 pb-2 text-fine font-semibold text-quiet">Direct messages</h2>
          <NavList rooms={direct} current={current} />
        </>
      )}
    </nav>
  );
}

function NavList({ rooms, current }: { rooms: RoomItem[]; current: string }) {
  const own = useOwnCounts();
  return (
    <ul className="grid grid-cols-1 gap-0.5">
      {rooms.map((room) => (
        <li
          key={room.id}
          className={cx(
            "group/room relative flex flex-wrap items-center rounded-house border border-transparent hover:bg-hover",
            room.id === current && "bg-hover forced-colors:border-[Highlight]",
          )}
        >
          {room.id === current ? (
            <NavLink room={{ ...room, ...own }} current />
          ) : (
            <NavLink room={room} current={false} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** What the open room's own line knows better than a list that is asked for now and then. */
function useOwnCounts(): Partial<Pick<RoomItem, "people" | "unread" | "mentions">> {
  const { count, mentions } = useUnread();
  const people = useRoom((view) =>
    view.ready ? view.people.filter(({ status }) => status !== "offline").length : undefined,
  );
  return { unread: count, mentions, ...(people !== undefined && { people }) };
}

function NavLink({ room: given, current }: { room: RoomItem; current: boolean }) {
  const replace = useInSheet();
  const room = { ...given, muted: useMuted(given.id, given.muted) };
  return (
    <>
      <AppLink
        href={`/rooms/${room.id}`}
        replace={replace}
        aria-current={current ? "page" : undefined}
        className={cx(
          "flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded-house px-3 text-small",
          current || isCalling(room) ? "font-semibold" : room.muted ? "text-quiet" : "text-soft",
        )}
      >
        {room.direct && <Avatar person={faceOf(room)} size="small" />}
        <bdi className="min-w-0 flex-1 truncate">{room.name}</bdi>
        {room.visibility !== "public" && !room.direct && (
          <>
            <Icon d={LOCK} className="size-3.5 shrink-0 text-quiet" />
            <span className="sr-only">{VISIBILITY_WORDS[room.visibility]}</span>
          </>
        )}
        {room.muted && <span className="sr-only">, muted</span>}
        <UnreadBadge {...room} word="unread" />
        {room.people !== null && room.people > 0 && !room.direct && (
          <span className="tabular text-fine font-normal text-quiet">
            {room.people}
            <span className="sr-only"> {room.people === 1 ? "person" : "people"} here</span>
          </span>
        )}
      </AppLink>
      <MuteButton room={room} missing={null} />
    </>
  );
}

export function RoomsNavSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-0.5 px-2">
      {["w-24", "w-32", "w-20"].map((width) => (
        <div key={width} className="flex min-h-10 items-center px-3">
          <span className={cx("skeleton h-3.5", width)} />
        </div>
      ))}
    </div>
  );
}
