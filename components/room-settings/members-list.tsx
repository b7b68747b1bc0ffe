"use client";

import { useCallback } from "react";
import { changeRole, listMembers, removePerson } from "@/lib/client/room-admin";
import type { Role } from "@/lib/protocol/values";
import { AddPersonForm } from "../people/add-person-form";
import { Listing } from "./listing";
import { MemberLine } from "./member-line";
import { useLineDeed, useListing } from "./use-listing";

/** Everybody on the room's list, here or not, with their role and what may be done about it. */
export function MembersList({
  room,
  me,
  standing,
  archived,
}: {
  room: string;
  me: string;
  standing: Role;
  archived: boolean;
}) {
  const listing = useListing(useCallback(() => listMembers(room), [room]));
  const { busy, refusal, run } = useLineDeed(listing.reload);
  return (
    <div className="grid grid-cols-1 gap-4">
      <Listing
        label="Members"
        listing={listing}
        linesOf={({ members }) => members}
        empty="Nobody is on its list."
        refusal={refusal}
      >
        {({ members }) =>
          members.map((member) => (
            <MemberLine
              // Another role is another question.
              key={`${member.id} ${member.role}`}
              member={member}
              me={member.id === me}
              standing={standing}
              archived={archived}
              busy={busy === member.id}
              onRole={(role) => void run(member.id, () => changeRole(room, member.id, role))}
              onRemove={() => void run(member.id, () => removePerson(room, member.id))}
            />
          ))
        }
      </Listing>
      {!archived && <AddPersonForm room={room} onAdded={() => void listing.reload()} />}
    </div>
  );
}
