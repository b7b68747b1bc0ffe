import { CLOCK_TOLERANCE_SECONDS, OUTSIDE_TOKEN_SECONDS, TOKEN_SECONDS } from "../protocol/limits";
import type { Draft } from "./draft";
import type { Pushed, PushedName, PushedRole, Removal, Until } from "./entry";
import type { HttpEvent } from "./events";
import { keys } from "./keys";
import { forget, know, renameKnown } from "./mentions";
import { settle } from "./presence";
import { updateRole } from "./refresh";

/** What a server says about people: it holds at once, and against the tokens that know nothing of it. */

type Push<T extends HttpEvent["type"]> = Extract<HttpEvent, { type: T }>;

const presentableMs = (seconds: number): number => (seconds + 2 * CLOCK_TOLERANCE_SECONDS) * 1000;
/** No token of the app minted before now can be presented after this long. */
const NEWEST_TOKEN_MS = presentableMs(TOKEN_SECONDS.max);
/** Likewise one of another issuer; also how long an ended login session, ours or theirs, is remembered. */
const NEWEST_OUTSIDE_TOKEN_MS = presentableMs(OUTSIDE_TOKEN_SECONDS);

/** Ids of other issuers' people begin with the issuer's name and a colon; ours have none. */
const holdMs = (user: string): number =>
  user.includes(":") ? NEWEST_OUTSIDE_TOKEN_MS : NEWEST_TOKEN_MS;

/** When it was said, on the clock by which the app's tokens are dated; a caller with the key has none. */
const dated = ({ now }: Draft, { ticket }: HttpEvent, user: string): Pushed => ({
  at: ticket?.issuedAt ?? now,
  until: now + holdMs(user),
  ...(ticket && { byApp: true as const }),
});

/** Two of the app's processes may be heard in another order than they spoke: the later word stands. */
function isLate(draft: Draft, { ticket }: HttpEvent, ...known: string[]): boolean {
  if (!ticket) return false;
  return known.some((key) => {
    const said = draft.stored<Pick<Pushed, "at" | "byApp">>(key);
    return said?.byApp === true && ticket.issuedAt < said.at;
  });
}

/**
 * Closes the sockets of a login session (4410) or of a person (4403), and refuses their tokens.
 * Returns how many sockets it closed.
 */
export function revoke(draft: Draft, event: Push<"revoke">): number {
  const { sid, user, reason } = event;
  if (user !== undefined) {
    if (isLate(draft, event, keys.role(user))) return 0;
    draft.put.set(keys.revokedUser(user), {
      ...dated(draft, event, user),
      reason,
    } satisfies Removal);
    forget(draft, user);
  }
  if (sid !== undefined) {
    const ended: Until = { until: draft.now + NEWEST_OUTSIDE_TOKEN_MS, reason };
    draft.put.set(keys.revokedSession(sid), ended);
  }
  let closed = 0;
  for (const { kept } of [...draft.connections.values()]) {
    const byUser = kept.user.id === user;
    if (kept.sid !== sid && !byUser) continue;
    draft.send(kept.id, { type: "auth.revoked", reason });
    draft.close(kept.id, byUser ? 4403 : 4410, "now");
    closed++;
  }
  return closed;
}

/** A role given by the app holds at once, also against tokens minted before; a removal is taken back. */
export function setRole(draft: Draft, event: Push<"role">): void {
  const { user, role } = event;
  if (isLate(draft, event, keys.role(user), keys.revokedUser(user))) return;
  draft.put.set(keys.role(user), { ...dated(draft, event, user), role } satisfies PushedRole);
  draft.delete.add(keys.revokedUser(user));
  // Who is added can be mentioned before they come for the first time.
  if (event.name !== undefined) know(draft, { id: user, name: event.name });
  const person = draft.people.get(user);
  if (!person) return;
  const now = draft.rules.archived ? "reader" : role;
  updateRole(draft, user, now);
  draft.people.set(user, { ...person, role: now });
  settle(draft, user);
}

/** A new name is seen at once, and stands on what is said from now on. */
export function rename(draft: Draft, event: Push<"rename">): void {
  const { user, name } = event;
  if (isLate(draft, event, keys.name(user))) return;
  draft.put.set(keys.name(user), { ...dated(draft, event, user), name } satisfies PushedName);
  renameKnown(draft, { id: user, name });
  const person = draft.people.get(user);
  if (!person) return;
  draft.people.set(user, { ...person, user: { ...person.user, name } });
  settle(draft, user);
  if (draft.typing.has(user)) draft.typingChanged = true;
}

/** What must be looked up to know whether a push is late. */
export function pushKeys(event: HttpEvent): string[] {
  switch (event.type) {
    case "revoke":
      return event.user === undefined ? [] : [keys.role(event.user), keys.known(event.user)];
    case "role":
      return [keys.role(event.user), keys.revokedUser(event.user), keys.known(event.user)];
    case "rename":
      return [keys.name(event.user), keys.known(event.user)];
    case "sanction":
      return [keys.ban(event.user), keys.kick(event.user), keys.mute(event.user)];
    case "settings":
      return [keys.settings];
    default:
      return [];
  }
}
