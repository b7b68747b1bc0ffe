import { TYPING_EXPIRES_MS } from "../protocol/limits";
import type { PresentUser, Role, UserRef } from "../protocol/values";
import type { Draft } from "./draft";
import { keys } from "./keys";
import { know } from "./mentions";
import { maySpeak } from "./permissions";
import type { Here, Person } from "./state";

/**
 * Who is here: one entry per person over all their connections. What was heard is kept apart from
 * what is shown, so a reconnection within the grace, a second lease or a heartbeat tells nobody anything.
 */

/** Brings a person up to date with their connections, and the others with the person. */
export function settle(draft: Draft, userId: string, leave: "grace" | "now" = "grace"): void {
  const person = draft.people.get(userId);
  if (!person) return;
  const connections = draft.connectionsOf(userId);
  if (connections.length === 0) {
    stopTyping(draft, userId);
    if (leave === "now") remove(draft, userId);
    else if (person.leavesAt === null) {
      write(draft, { ...person, leavesAt: draft.now + draft.leaveGraceMs });
    }
    return;
  }
  if (!maySpeak(person.role)) stopTyping(draft, userId);
  const active = connections.some(({ kept }) => kept.status === "active");
  const view: PresentUser = {
    ...person.user,
    role: person.role,
    status: active ? "active" : "away",
    connections: connections.length,
    lastSeen: draft.now,
  };
  const changed = !looksSame(person.shown, view);
  if (changed || person.leavesAt !== null) {
    write(draft, { ...person, shown: changed ? view : person.shown, leavesAt: null });
  }
  if (changed) draft.diff.updated.push(view);
}

/**
 * A verified token says who somebody is: a new person, or news of one who is here.
 * @param issuedAt when it was minted
 */
export function greet(draft: Draft, user: UserRef, role: Role, issuedAt: number): void {
  know(draft, user);
  const known = draft.people.get(user.id);
  if (known) {
    // Stored even where nobody sees a difference: which token is the newest outlives hibernation.
    write(draft, { ...known, user, role, issuedAt: Math.max(known.issuedAt ?? 0, issuedAt) });
    return settle(draft, user.id);
  }
  const shown: PresentUser = {
    ...user,
    role,
    status: "active",
    connections: draft.connectionsOf(user.id).length,
    lastSeen: draft.now,
  };
  write(draft, { user, role, issuedAt, shown, leavesAt: null });
  draft.diff.joined.push(shown);
}

export function remove(draft: Draft, userId: string): void {
  if (!draft.people.delete(userId)) return;
  stopTyping(draft, userId);
  draft.put.delete(keys.here(userId));
  draft.delete.add(keys.here(userId));
  draft.diff.left.push(userId);
}

/** Everybody here as the others see them. */
export const presentUsers = (draft: Draft): PresentUser[] =>
  [...draft.people.values()].map((person) => person.shown);

export function setTyping(draft: Draft, userId: string, on: boolean): void {
  if (!on) return stopTyping(draft, userId);
  if (!draft.typing.has(userId)) draft.typingChanged = true;
  draft.typing.set(userId, draft.now + TYPING_EXPIRES_MS);
}

export function stopTyping(draft: Draft, userId: string): void {
  if (draft.typing.delete(userId)) draft.typingChanged = true;
}

export const typists = (draft: Draft): { id: string; name: string }[] =>
  [...draft.typing.keys()].flatMap((id) => {
    const person = draft.people.get(id);
    return person ? [{ id, name: person.user.name }] : [];
  });

function write(draft: Draft, person: Person): void {
  const { user, role, issuedAt, shown, leavesAt } = person;
  draft.people.set(user.id, person);
  draft.delete.delete(keys.here(user.id));
  draft.put.set(keys.here(user.id), { user, role, issuedAt, shown, leavesAt } satisfies Here);
}

/** `lastSeen` alone is no news. */
function looksSame(a: PresentUser, b: PresentUser): boolean {
  return (
    a.name === b.name &&
    a.picture === b.picture &&
    a.role === b.role &&
    a.status === b.status &&
    a.connections === b.connections
  );
}
