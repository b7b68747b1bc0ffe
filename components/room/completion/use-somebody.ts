import { useMemo } from "react";
import { useRoom } from "@/lib/client/react";
import type { Somebody } from "./options";

/** Who can be mentioned: the others who are here, then those who have spoken and left. */
export function useSomebody(): Somebody[] {
  const { people, messages, me } = useRoom((view) => ({
    people: view.people,
    messages: view.messages,
    me: view.me?.id,
  }));
  return useMemo(() => {
    const known = new Map<string, Somebody>();
    for (const { id, name, picture, status } of people) {
      known.set(id, { id, name, ...(picture && { picture }), status });
    }
    for (const { user } of messages) {
      if (!known.has(user.id)) known.set(user.id, { ...user, status: "offline" });
    }
    if (me !== undefined) known.delete(me);
    return [...known.values()];
  }, [people, messages, me]);
}
