"use client";

import type { ReactNode } from "react";
import { createContext, useContext, useMemo } from "react";
import { useRoom } from "@/lib/client/react";
import type { KnownName, Mentionable } from "@/lib/protocol/mentions";
import { namesToFind } from "@/lib/protocol/mentions";
import { useMembers } from "../people/members";
import { speakersIn } from "./names";

const KnownNames = createContext<readonly KnownName[]>([]);

/** The names that a mention may mean: of who is here, on the list, or has spoken as far as it is loaded. */
export const useKnownNames = (): readonly KnownName[] => useContext(KnownNames);

/** Finds those names once for all messages; the list is another one only when a name is. */
export function KnownNamesProvider({ children }: { children: ReactNode }) {
  const members = useMembers();
  // As words: their list is the same one as long as nobody is new or has another name.
  const people = useRoom(({ me, people, messages }) => [
    ...new Set([...members, ...people, ...speakersIn(messages), ...(me ? [me] : [])].map(asWord)),
  ]);
  const own = useRoom((view) => view.me?.id);
  const known = useMemo(() => namesToFind(people.map(fromWord), own), [people, own]);
  return <KnownNames value={known}>{children}</KnownNames>;
}

/** An id has no space. */
const asWord = ({ id, name }: Mentionable): string => `${id} ${name}`;
function fromWord(word: string): Mentionable {
  const at = word.indexOf(" ");
  return { id: word.slice(0, at), name: word.slice(at + 1) };
}
