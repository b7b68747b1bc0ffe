"use client";

import type { LucideIcon } from "lucide-react";
import { Key, Shield } from "lucide-react";
import { useRoom } from "@/lib/client/react";
import type { PresentUser, Role } from "@/lib/protocol/values";
import { isOver } from "../room/connection-words";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { STATUS_WORDS, StatusSign } from "./status-sign";

/** Who is here: one line per person, however many tabs they have; oneself first. */
export function PeopleList() {
  const { people, me, ready, over } = useRoom((view) => ({
    people: view.people,
    me: view.me?.id,
    ready: view.ready,
    over: isOver(view.connection.phase),
  }));
  return (
    <>
      {!ready && !over && people.length === 0 && <PeopleSkeleton />}
      {over && (
        <p className="px-4 pb-2 text-small text-quiet">
          {ready ? "As it was when this page left." : "Shown once you are in the room."}
        </p>
      )}
      <ul aria-label="People" className="grid grid-cols-1 gap-0.5 px-2">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} me={person.id === me} />
        ))}
      </ul>
    </>
  );
}

function PersonRow({ person, me }: { person: PresentUser; me: boolean }) {
  const { name, role, status } = person;
  const quiet = status !== "active";
  return (
    <li className="flex min-h-10 items-center gap-3 rounded-house px-2 py-1">
      <Avatar person={person} size="small" className={quiet ? "saturate-[0.35]" : ""} />
      <span className={cx("min-w-0 flex-1 truncate text-small", quiet && "text-quiet")}>
        <bdi>{name}</bdi>
        {me && <span className="text-quiet"> (you)</span>}
      </span>
      <RoleSign role={role} />
      <span className="inline-flex items-center gap-1.5 text-fine text-quiet">
        <span className={quiet ? "" : "sr-only"}>{STATUS_WORDS[status]}</span>
        <StatusSign status={status} />
      </span>
    </li>
  );
}

const ROLE_SIGNS: Partial<Record<Role, LucideIcon>> = { owner: Key, moderator: Shield };

/** Who keeps order here: a small sign with its word behind it. */
function RoleSign({ role }: { role: Role }) {
  const Icon = ROLE_SIGNS[role];
  if (!Icon) return null;
  return (
    <span title={role} className="text-quiet">
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{role}</span>
    </span>
  );
}

function PeopleSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-0.5 px-2">
      {["w-28", "w-20", "w-24"].map((width) => (
        <div key={width} className="flex min-h-10 items-center gap-3 px-2">
          <span className="skeleton size-6 rounded-full" />
          <span className={cx("skeleton h-3.5", width)} />
        </div>
      ))}
    </div>
  );
}
