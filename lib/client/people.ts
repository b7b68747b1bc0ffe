import type { PresentUser, ServerFrameOf } from "../protocol";
import { shallowEqual } from "./shallow";

type People = readonly PresentUser[];

const RANK = { active: 0, away: 1, offline: 2 } as const;

/** Oneself first, then who is active, then who is away; each by name. */
function inOrder(people: People, me: string | undefined): PresentUser[] {
  return people.toSorted(
    (a, b) =>
      Number(b.id === me) - Number(a.id === me) ||
      RANK[a.status] - RANK[b.status] ||
      a.name.localeCompare(b.name) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The whole list anew; people who did not change keep their identity, and so does the list. */
export function syncPeople(before: People, users: People, me: string | undefined): People {
  const known = new Map(before.map((user) => [user.id, user]));
  const next = inOrder(
    users.map((user) => {
      const old = known.get(user.id);
      return old && shallowEqual(old, user) ? old : user;
    }),
    me,
  );
  return shallowEqual(next, [...before]) ? before : next;
}

export function diffPeople(
  before: People,
  { joined, left, updated }: ServerFrameOf<"presence.diff">,
  me: string | undefined,
): People {
  const users = new Map(before.map((user) => [user.id, user]));
  for (const id of left) users.delete(id);
  for (const user of [...joined, ...updated]) users.set(user.id, user);
  return syncPeople(before, [...users.values()], me);
}
