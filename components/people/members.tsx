"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import type { Role } from "@/lib/protocol/values";
import type { Face } from "../ui/avatar";
import { nobodyLeft, observe } from "./departures";

export interface Member extends Face {
  role: Role;
}

interface Known {
  members: readonly Member[];
  left: ReadonlyMap<string, number>;
}

const KnownMembers = createContext<Known>({ members: [], left: nobodyLeft.left });

/** Who is on the list of a private room, whether here or not; nobody in a public one. */
export const useMembers = (): readonly Member[] => useContext(KnownMembers).members;

/** Members who are not here; `lastSeen` of those whom this page has seen leave. */
export function useOffline(): readonly (Member & { lastSeen: number | undefined })[] {
  const { members, left } = useContext(KnownMembers);
  const people = useRoom((view) => view.people);
  return useMemo(() => {
    const here = new Set(people.map((person) => person.id));
    return members
      .filter((member) => !here.has(member.id))
      .map((member) => ({ ...member, lastSeen: left.get(member.id) }));
  }, [members, left, people]);
}

/** Holds the list the page was drawn with, and watches who leaves. */
export function MembersProvider({
  members,
  children,
}: {
  members: readonly Member[];
  children: ReactNode;
}) {
  const client = useRoomClient();
  const [departures, setDepartures] = useState(nobodyLeft);
  useEffect(() => {
    let due = false;
    function look() {
      due = false;
      const { people, ready, connection, ahead } = client.getSnapshot();
      const ids = people.map((person) => person.id);
      const live = ready && connection.phase === "connected";
      setDepartures((before) => observe(before, { ids, live, now: Date.now() - ahead }));
    }
    return client.subscribe(() => {
      // A line that is back and who is there come in one task, in two changes.
      if (!due) queueMicrotask(look);
      due = true;
    });
  }, [client]);
  const known = useMemo(() => ({ members, left: departures.left }), [members, departures.left]);
  return <KnownMembers value={known}>{children}</KnownMembers>;
}
