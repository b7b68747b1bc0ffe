import { passKeys } from "./entry";
import type { HttpEvent, Reads, RoomEvent } from "./events";
import { askedPage, missedIn, resumeChanges, resumePage } from "./history";
import { keys } from "./keys";
import { pushKeys } from "./push";
import type { RoomState } from "./state";

/** What a step needs to know beyond the state: looked up first, handed in as `found`. */
export function reads(state: RoomState, event: RoomEvent): Reads {
  switch (event.type) {
    case "join":
      return {
        keys: [...passKeys(event.pass), keys.read(state.epoch, event.pass.user.id)],
        page: resumePage(state, event.resume),
        changes: resumeChanges(state, event.resume),
        stale: true,
      };
    case "refresh": {
      if (!event.presented.ok) return { keys: [] };
      const kept = state.connections.get(event.connection)?.kept;
      const missed = kept?.phase === "expired" ? missedIn(state, kept) : undefined;
      return {
        keys: passKeys(event.presented.pass),
        page: kept?.phase === "expired" ? resumePage(state, missed) : undefined,
        changes: resumeChanges(state, missed),
        stale: true,
      };
    }
    case "frame":
      return frameReads(state, event);
    case "leave":
    case "tick":
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
      return { keys: [keys.sent(state.epoch, user, frame.id), keys.mute(user)] };
    case "chat.edit":
    case "chat.delete":
    case "chat.react":
      return { keys: [keys.message(state.epoch, frame.seq), keys.mute(user)] };
    case "read.set":
      return { keys: [keys.read(state.epoch, user)] };
    case "history.get":
      return { keys: [], page: askedPage(state, frame) };
    default:
      return { keys: [] };
  }
}

function httpReads(state: RoomState, event: HttpEvent): Reads {
  const { ticket } = event;
  const spent = ticket ? [keys.spent(ticket.presentableUntil, ticket.jti)] : [];
  const stale = ticket !== undefined;
  switch (event.type) {
    case "look":
      return {
        keys: [...spent, ...(event.user === undefined ? [] : [keys.read(state.epoch, event.user)])],
        stale,
      };
    case "page":
      return { keys: spent, page: askedPage(state, event), stale };
    case "say":
      return { keys: [...spent, keys.sent(state.epoch, event.as.id, event.id)], stale };
    default:
      return { keys: [...spent, ...pushKeys(event)], stale };
  }
}
