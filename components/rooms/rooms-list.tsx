"use client";

import type { ReactNode } from "react";
import { useId } from "react";
import { DirectForm } from "./direct-form";
import { InvitationLine, RoomLine } from "./room-line";
import type { RoomItem, RoomLists } from "./use-rooms";
import { useRooms } from "./use-rooms";

const list = "divide-y divide-line border-y border-line";

/** All rooms one may enter or knows of, in groups: lists of lines, not of boxes. */
export function RoomsList({ initial }: { initial: RoomLists }) {
  const { rooms, byInvitation } = useRooms(initial);
  const open = rooms.filter((room) => !room.direct && !room.archived);
  const archived = rooms.filter((room) => !room.direct && room.archived);
  return (
    <div className="grid grid-cols-1 gap-10">
      {open.length === 0 ? (
        <div className="border-y border-line py-12">
          <p className="display text-title">No rooms yet.</p>
          <p className="mt-1 text-soft">Make the first one; it takes a name and nothing else.</p>
        </div>
      ) : (
        <ul aria-label="Rooms" className={list}>
          <Lines rooms={open} />
        </ul>
      )}
      <DirectGroup rooms={rooms.filter((room) => room.direct)} />
      {byInvitation.length > 0 && (
        <Group
          title="By invitation"
          hint="You see that they are there. Somebody who is in one can add you, or send you a link."
        >
          {(labelled) => (
            <ul aria-labelledby={labelled} className={list}>
              {byInvitation.map((room) => (
                <li key={room.id}>
                  <InvitationLine room={room} />
                </li>
              ))}
            </ul>
          )}
        </Group>
      )}
      {archived.length > 0 && (
        <Group title="Archived" hint="Nobody writes here any more; all of it can be read.">
          {(labelled) => (
            <ul aria-labelledby={labelled} className={list}>
              <Lines rooms={archived} />
            </ul>
          )}
        </Group>
      )}
    </div>
  );
}

function DirectGroup({ rooms }: { rooms: RoomItem[] }) {
  return (
    <Group title="Direct messages" hint="Between two people. Nobody else sees that they are there.">
      {(labelled) => (
        <>
          {rooms.length > 0 && (
            <ul aria-labelledby={labelled} className={list}>
              <Lines rooms={rooms} />
            </ul>
          )}
          <DirectForm />
        </>
      )}
    </Group>
  );
}

const Lines = ({ rooms }: { rooms: RoomItem[] }) =>
  rooms.map((room) => (
    <li key={room.id}>
      <RoomLine room={room} />
    </li>
  ));

function Group({
  title,
  hint,
  children,
}: {
  title: string;
  hint: string;
  children: (labelled: string) => ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-title font-semibold">
        {title}
      </h2>
      <p className="mt-1 mb-4 text-small text-quiet">{hint}</p>
      {children(id)}
    </section>
  );
}

export function RoomsListSkeleton() {
  return (
    <div aria-hidden="true" className={list}>
      {["w-24", "w-36", "w-28"].map((width) => (
        <div key={width} className="grid gap-2 py-4">
          <span className={`skeleton h-5 ${width}`} />
          <span className="skeleton h-4 w-56" />
        </div>
      ))}
    </div>
  );
}
