import { store, textProblem, type Sent } from "./chat";
import type { Draft } from "./draft";
import { drain } from "./drain";
import { spend } from "./entry";
import type { Answer, HttpEvent } from "./events";
import { askedPage, MISSED_ALL } from "./history";
import { historyPrefixes, keys } from "./keys";
import { rename, revoke, setRole } from "./push";

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
      return done({ ok: true, closed: revoke(draft, event) });
    case "role":
      setRole(draft, event);
      return done();
    case "rename":
      rename(draft, event);
      return done();
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
