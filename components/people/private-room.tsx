"use client";

import { AddPerson } from "./add-person";
import { LeaveRoom } from "./leave-room";

/** What one can do about who is on the list of a private room. */
export function PrivateRoom({
  room,
  name,
  person,
}: {
  room: string;
  name: string;
  person: string;
}) {
  return (
    <>
      <AddPerson room={room} />
      <LeaveRoom room={room} name={name} person={person} />
    </>
  );
}
