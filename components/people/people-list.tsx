"use client";

import { useRoom } from "@/lib/client/react";
import type { Role, Status } from "@/lib/protocol/values";
import { isOver } from "../room/connection-words";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { ago, fullDate } from "../ui/format";
import { Icon, KEY, SHIELD } from "../ui/icon";
import { useMinute } from "../ui/use-minute";
import { useHidden } from "./hidden";
import type { Member } from "./members";
import { useOffline } from "./members";
import { PeopleSkeleton } from "./people-skeleton";
import { PersonButton } from "./person-button";
import { STATUS_WORDS, StatusSign } from "./status-sign";

/**
 * Who is here: one line per person, however many tabs they have; oneself first. In a private room the
 * members who are not here stand below.
 */
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
      {ready && <OfflineList />}
    </>
  );
}

function OfflineList() {
  const offline = useOffline();
  if (offline.length === 0) return null;
  return (
    <section className="pt-4">
      <h3 className="px-4 pb-1 text-fine font-semibold text-quiet">Offline</h3>
      <ul aria-label="Offline" className="grid grid-cols-1 gap-0.5 px-2">
        {offline.map((person) => (
          <PersonRow key={person.id} person={{ ...person, status: "offline" }} me={false} />
        ))}
      </ul>
    </section>
  );
}

interface Row extends Member {
  status: Status;
  lastSeen?: number | undefined;
}

function PersonRow({ person, me }: { person: Row; me: boolean }) {
  const { name, role, status, lastSeen } = person;
  const hidden = useHidden().ids.has(person.id);
  const quiet = status !== "active" || hidden;
  return (
    <li className="group/person flex min-h-10 items-center gap-2.5 rounded-house px-2 py-1">
      <Avatar person={person} size="small" className={quiet ? "saturate-[0.35]" : ""} />
      <span className={cx("min-w-0 flex-1 text-small", quiet && "text-quiet")}>
        <span className="flex gap-1">
          <bdi className="truncate">{name}</bdi>
          {me && <span className="text-quiet">(you)</span>}
          {hidden && <span className="text-quiet">(hidden)</span>}
        </span>
        {quiet && lastSeen !== undefined && <LastSeen at={lastSeen} />}
      </span>
      <RoleSign role={role} />
      <span className="inline-flex items-center gap-1.5 text-fine text-quiet">
        <span className={status === "away" ? "" : "sr-only"}>{STATUS_WORDS[status]}</span>
        <StatusSign status={status} />
      </span>
      {/* Oneself has no menu, and stands in line with those who have. */}
      {me ? (
        <span className="size-7 shrink-0 pointer-coarse:size-11" />
      ) : (
        <PersonButton person={person} />
      )}
    </li>
  );
}

/** "last seen 5 min ago", by the party's clock; what seems to be still to come is now. */
function LastSeen({ at }: { at: number }) {
  const minute = useMinute() - useRoom((view) => view.ahead);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={fullDate(at)}
      className="block truncate text-fine"
    >
      last seen {ago(Math.min(at, minute), minute, "short")}
    </time>
  );
}

const ROLE_SIGNS: Partial<Record<Role, string>> = { owner: KEY, moderator: SHIELD };

/** Who keeps order here: a small sign with its word behind it. */
function RoleSign({ role }: { role: Role }) {
  const sign = ROLE_SIGNS[role];
  if (!sign) return null;
  return (
    <span title={role} className="text-quiet">
      <Icon d={sign} className="size-3.5" />
      <span className="sr-only">{role}</span>
    </span>
  );
}
