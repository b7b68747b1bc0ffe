import { isTimeToForget, passKeys } from "./entry";
import type { HttpEvent, ListRead, Reads, RoomEvent } from "./events";
import { askedPage, missedIn, newestPage, resumeChanges, resumePage } from "./history";
import { AUDIT_PREFIX, keys, REPORT_PREFIX } from "./keys";
import { marksOf, namedIn } from "./mentions";
import { sanctionKeys } from "./moderation";
import { pushKeys } from "./push";
import type { RoomState } from "./state";
import { tidyPage } from "./tidy";

/** What a step needs to know beyond the state: looked up first, handed in as `found`. */
export function reads(state: RoomState, event: RoomEvent): Reads {
  switch (event.type) {
    case "join":
      return {
        keys: [...passKeys(event.pass), keys.read(state.epoch, event.pass.user.id)],
        page: resumePage(state, event.resume),
        changes: resumeChanges(state, event.resume),
        stale: isTimeToForget(state),
      };
    case "refresh": {
      if (!event.presented.ok) return { keys: [] };
      const kept = state.connections.get(event.connection)?.kept;
      const missed = kept?.phase === "expired" ? missedIn(state, kept) : undefined;
      return {
        keys: passKeys(event.presented.pass),
        page: kept?.phase === "expired" ? resumePage(state, missed) : undefined,
        changes: resumeChanges(state, missed),
        stale: isTimeToForget(state),
      };
    }
    case "frame":
      return frameReads(state, event);
    case "tick":
      return { keys: [], page: tidyPage(state) };
    case "leave":
    case "unreadable":
      return { keys: [] };
    default:
      return httpReads(state, event);
  }
}

function frameReads(
  state: RoomState,
  { connection, frame }: Extract<RoomEvent, { type: "frame" }>,
): Reads {
  const user = state.connections.get(connection)?.kept.user.id;
  if (user === undefined) return { keys: [] };
  switch (frame.type) {
    case "chat.send":
      return {
        keys: [keys.sent(state.epoch, user, frame.id), keys.mute(user), keys.spoke(user)],
        named: namedIn(frame.text),
      };
    case "chat.report":
      return {
        keys: [keys.message(state.epoch, frame.seq), keys.reported(state.epoch, user, frame.seq)],
      };
    case "chat.edit":
      return {
        keys: changeKeys(state, user, frame.seq),
        named: namedIn(frame.text),
      };
    case "chat.delete":
    case "chat.react":
      return { keys: changeKeys(state, user, frame.seq) };
    case "typing.set":
      return { keys: [keys.mute(user)] };
    case "read.set":
      return { keys: [keys.read(state.epoch, user)] };
    case "history.get":
      return { keys: [], page: askedPage(state, frame) };
    case "mod.get":
      return { keys: [keys.mute(frame.user)] };
    case "mod.kick":
    case "mod.ban":
    case "mod.unban":
    case "mod.mute":
    case "mod.unmute":
      return { keys: sanctionKeys(frame.user) };
    default:
      return { keys: [] };
  }
}

const changeKeys = ({ epoch }: RoomState, user: string, seq: number): string[] => [
  keys.message(epoch, seq),
  keys.done(epoch, seq),
  keys.mute(user),
];

/** The newest entries, or those before one. */
function logRead(
  { audited, reported }: RoomState,
  { of, before, limit }: Extract<HttpEvent, { type: "log" }>,
): ListRead {
  const newest = of === "audit" ? audited : reported;
  const to = Math.min(newest, (before ?? Infinity) - 1);
  // Resolved reports leave holes, so of these, which are few, all are looked at.
  const from = of === "audit" ? Math.max(1, to - limit + 1) : 1;
  return { prefix: of === "audit" ? AUDIT_PREFIX : REPORT_PREFIX, from, to };
}

const reportKeys = (
  { epoch }: RoomState,
  { report, remove }: Extract<HttpEvent, { type: "resolve" }>,
): string[] => [keys.report(report), ...(remove ? [keys.message(epoch, remove.seq)] : [])];

function httpReads(state: RoomState, event: HttpEvent): Reads {
  const { ticket } = event;
  const spent = ticket ? [keys.spent(ticket.presentableUntil, ticket.jti)] : [];
  const stale = ticket !== undefined && isTimeToForget(state);
  switch (event.type) {
    case "look":
      return {
        keys: [...spent, ...(event.user === undefined ? [] : [keys.read(state.epoch, event.user)])],
        marks: event.user === undefined ? undefined : marksOf(state, event.user),
        page: event.hide ? newestPage(state) : undefined,
        stale,
      };
    case "page":
      return { keys: spent, page: askedPage(state, event), stale };
    case "say":
      return {
        keys: [...spent, keys.sent(state.epoch, event.as.id, event.id)],
        named: namedIn(event.text),
        stale,
      };
    case "log":
      return { keys: spent, list: logRead(state, event), stale };
    case "resolve":
      return { keys: [...spent, ...reportKeys(state, event)], stale };
    case "forget":
      return {
        keys: [...spent, keys.known(event.user)],
        list: { prefix: REPORT_PREFIX, from: 1, to: state.reported },
        stale,
      };
    default:
      return { keys: [...spent, ...pushKeys(event)], stale };
  }
}
