import { useMemo } from "react";
import { useRoom } from "@/lib/client/react";
import { useMembers } from "../../people/members";
import { speakersIn } from "../names";
import type { Somebody } from "./options";

/** Who can be mentioned: the others who are here, then those on the list or in the transcript. */
export function useSomebody(): Somebody[] {
  const { people, speakers, me } = useRoom((view) => ({
    people: view.people,
    speakers: speakersIn(view.messages),
    me: view.me?.id,
  }));
  const members = useMembers();
  return useMemo(() => {
    const known = new Map<string, Somebody>();
    for (const { id, name, picture, status } of people) {
      known.set(id, { id, name, ...(picture && { picture }), status });
    }
    for (const { id, name, picture } of [...members, ...speakers.toReversed()]) {
      if (known.has(id)) continue;
      known.set(id, { id, name, ...(picture && { picture }), status: "offline" });
    }
    if (me !== undefined) known.delete(me);
    return [...known.values()];
  }, [people, members, speakers, me]);
}
