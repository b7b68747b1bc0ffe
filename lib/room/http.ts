import { audit } from "./audit";
import { store, textProblem, type Sent } from "./chat";
import { startAnew } from "./clear";
import type { Draft } from "./draft";
import { drain } from "./drain";
import { spend } from "./entry";
import type { Answer, HttpEvent } from "./events";
import { askedPage } from "./history";
import { keys } from "./keys";
import { countMarks } from "./mentions";
import { sanction } from "./moderation";
import { rename, revoke, setRole } from "./push";
import { forgetReports, type Report, resolve, shownReports } from "./reports";
import { settings, shownRules } from "./settings";
import { forget } from "./tidy";
import { shownId } from "./shown-id";

/** A caller with the shared key, who says no more of who they are. */
const SERVER = { id: "server" };

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
        room: shownId(draft.room),
        people: draft.people.size,
        connections: draft.connections.size,
        epoch: draft.epoch,
        seq: draft.seq,
        ...shownRules(draft.rules),
        ...(event.user !== undefined && seenBy(draft, event.user, event.hide)),
      });
    case "page": {
      const { from } = askedPage(draft, event);
      const { user } = event;
      const messages =
        user === undefined
          ? draft.found.page
          : draft.found.page.filter((message) => message.user.id === user);
      const hasMore = from > draft.floor + 1;
      return done({ epoch: draft.epoch, messages, hasMore, ...(hasMore && { next: from }) });
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
      startAnew(draft, event.epoch);
      if (!ticket) audit(draft, { action: "clear", by: SERVER });
      return done({ ok: true, epoch: event.epoch });
    case "sanction": {
      const deed = sanction(draft, event);
      // The app keeps a log of what it does itself; nobody else does.
      if (!ticket) audit(draft, { ...deed, by: deed.by ?? SERVER });
      return done();
    }
    case "settings":
      settings(draft, event);
      return done();
    case "forget":
      forget(draft, event.user, event.how);
      forgetReports(draft, event.user);
      return done({ ok: true, left: draft.forgetting.length });
    case "log": {
      const entries = draft.found.listed.slice(-event.limit).toReversed();
      const { n = 1 } = (entries.at(-1) ?? {}) as { n?: number };
      const hasMore = event.of === "audit" ? n > 1 : entries.length < draft.found.listed.length;
      const told = event.of === "audit" ? entries : shownReports(draft, entries as Report[]);
      return done({ entries: told, hasMore: entries.length > 0 && hasMore });
    }
    case "resolve":
      return resolve(draft, event);
    case "drain":
      return drain(draft, event);
  }
}

/** How far somebody has read, their mentions since, and how much of the rest they do not count. */
function seenBy(draft: Draft, user: string, hide: readonly string[] | undefined) {
  const readSeq = draft.stored<number>(keys.read(draft.epoch, user)) ?? 0;
  const folded = draft.found.page.filter(
    (message) => message.seq > readSeq && hide?.includes(message.user.id),
  );
  const mentions = countMarks(draft, readSeq, new Set(folded.map(({ seq }) => seq)));
  return { readSeq, mentions, ...(hide && { unreadHidden: folded.length }) };
}

function say(draft: Draft, { id, text, as }: Extract<HttpEvent, { type: "say" }>): Answer {
  if (draft.rules.gone) return { ok: false, code: "not_found" };
  if (draft.rules.archived) return { ok: false, code: "forbidden" };
  const sent = draft.stored<Sent>(keys.sent(draft.epoch, as.id, id));
  if (sent) return done({ id, ...sent });
  const problem = textProblem(text);
  if (problem) return { ok: false, code: problem };
  const message = store(draft, as, { id, text });
  draft.broadcast([{ type: "chat.message", ...message }]);
  return done({ id, seq: message.seq, ts: message.ts });
}
