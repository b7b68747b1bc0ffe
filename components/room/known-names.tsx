"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useMemo } from "react";
import { useRoom } from "@/lib/client/react";
import { useMembers } from "../people/members";
import type { KnownName } from "./mentions";
import { namesToFind } from "./mentions";
import { namesIn } from "./names";

const KnownNames = createContext<readonly KnownName[]>([]);

/** The names that a mention may mean: of who is here, on the list, or has spoken as far as it is loaded. */
export const useKnownNames = (): readonly KnownName[] => useContext(KnownNames);

/** Finds those names once for all messages; the list is another one only when a name is. */
export function KnownNamesProvider({ children }: { children: ReactNode }) {
  const members = useMembers();
  const names = useRoom((view) => [
    ...new Set([
      ...members.map((member) => member.name),
      ...view.people.map((person) => person.name),
      ...namesIn(view.messages),
    ]),
  ]);
  const own = useRoom((view) => view.me?.name);
  const known = useMemo(() => namesToFind(names, own), [names, own]);
  return <KnownNames value={known}>{children}</KnownNames>;
}
