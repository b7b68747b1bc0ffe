import { CLOCK_TOLERANCE_SECONDS, TOKEN_SECONDS } from "../protocol/limits";
import { store, textProblem, type Sent } from "./chat";
import type { Draft } from "./draft";
import { drain } from "./drain";
import { spend, type PushedName, type PushedRole, type Until } from "./entry";
import type { Answer, HttpEvent } from "./events";
import { askedPage, MISSED_ALL } from "./history";
import { historyPrefixes, keys } from "./keys";
import { settle } from "./presence";
import { updateRole } from "./refresh";

/** No token minted before now can be presented after this long. */
const NEWEST_TOKEN_MS = (TOKEN_SECONDS.max + 2 * CLOCK_TOLERANCE_SECONDS) * 1000;
/** A login session that was ended stays so; remembered for longer than any of its tokens lives. */
const REVOKED_SESSION_MS = 24 * 3_600_000;

/** When the app said so, on the clock by which its tokens are dated; a caller with the key has none. */
const saidAt = (draft: Draft, { ticket }: HttpEvent): number => ticket?.issuedAt ?? draft.now;

const done = (body: Record<string, unknown> = { ok: true }): Answer => ({ ok: true, body });

/** What another server asks of the room; who may ask was judged at the gate. */
export function http(draft: Draft, event: HttpEvent): Answer {
  const { ticket } = event;
  if (ticket) {
    if (draft.stored(keys.spent(ticket.presentableUntil, ticket.jti))) {
      return { ok: false, code: "token_spent" };
    }
    spend(draft, ticket);
  }
  switch (event.type) {
    case "look":
      return done({
        room: draft.room,
        people: draft.people.size,
        connections: draft.connections.size,
        epoch: draft.epoch,
        seq: draft.seq,
        ...(event.user !== undefined && {
          readSeq: draft.stored<number>(keys.read(draft.epoch, event.user)) ?? 0,
        }),
      });
    case "page": {
      const { from } = askedPage(draft, event);
      return done({ epoch: draft.epoch, messages: draft.found.page, hasMore: from > 1 });
    }
    case "say":
      return say(draft, event);
    case "revoke":
      return revoke(draft, event);
    case "role":
      return setRole(draft, event);
    case "rename":
      return rename(draft, event);
    case "clear":
      return clear(draft, event.epoch);
    case "drain":
      return drain(draft, event);
  }
}

function say(draft: Draft, { id, text, as }: Extract<HttpEvent, { type: "say" }>): Answer {
  const sent = draft.stored<Sent>(keys.sent(draft.epoch, as.id, id));
  if (sent) return done({ id, ...sent });
  const problem = textProblem(text);
  if (problem) return { ok: false, code: problem };
  const message = store(draft, as, { id, text });
  draft.broadcast([{ type: "chat.message", ...message }]);
  return done({ id, seq: message.seq, ts: message.ts });
}

/** Closes the sockets of a login session (4410) or of a person (4403), and refuses their tokens. */
function revoke(
  draft: Draft,
  { sid, user, reason }: Extract<HttpEvent, { type: "revoke" }>,
): Answer {
  const until = (ms: number): Until => ({ until: draft.now + ms, reason });
  if (sid !== undefined) draft.put.set(keys.revokedSession(sid), until(REVOKED_SESSION_MS));
  if (user !== undefined) draft.put.set(keys.revokedUser(user), until(NEWEST_TOKEN_MS));
  let closed = 0;
  for (const { kept } of [...draft.connections.values()]) {
    const byUser = kept.user.id === user;
    if (kept.sid !== sid && !byUser) continue;
    draft.send(kept.id, { type: "auth.revoked", reason });
    draft.close(kept.id, byUser ? 4403 : 4410, "now");
    closed++;
  }
  return done({ ok: true, closed });
}

/** A role given by the app holds at once, also against tokens minted before; a removal is taken back. */
function setRole(draft: Draft, event: Extract<HttpEvent, { type: "role" }>): Answer {
  const { user, role } = event;
  const pushed: PushedRole = { role, at: saidAt(draft, event), until: draft.now + NEWEST_TOKEN_MS };
  draft.put.set(keys.role(user), pushed);
  draft.delete.add(keys.revokedUser(user));
  const person = draft.people.get(user);
  if (person) {
    updateRole(draft, user, role);
    draft.people.set(user, { ...person, role });
    settle(draft, user);
  }
  return done();
}

/** A new name is seen at once, and stands on what is said from now on. */
function rename(draft: Draft, event: Extract<HttpEvent, { type: "rename" }>): Answer {
  const { user, name } = event;
  const pushed: PushedName = { name, at: saidAt(draft, event), until: draft.now + NEWEST_TOKEN_MS };
  draft.put.set(keys.name(user), pushed);
  const person = draft.people.get(user);
  if (person) {
    draft.people.set(user, { ...person, user: { ...person.user, name } });
    settle(draft, user);
    if (draft.typing.has(user)) draft.typingChanged = true;
  }
  return done();
}

/** A history that starts anew has a new epoch, so nobody takes up the old one. */
function clear(draft: Draft, epoch: string): Answer {
  draft.dropPrefixes.push(...historyPrefixes(draft.epoch));
  draft.epoch = epoch;
  draft.seq = 0;
  draft.rev = 0;
  for (const id of draft.connections.keys()) draft.keep(id, { missedFrom: MISSED_ALL });
  draft.broadcast([
    { type: "history", epoch, messages: [], hasMore: false, recovered: false, rev: 0 },
  ]);
  return done({ ok: true, epoch });
}
