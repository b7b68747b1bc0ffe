import { OTHER_FRAMES_BURST, OTHER_FRAMES_PER_SECOND } from "../protocol/limits";
import { chat, refuseMuted } from "./chat";
import type { Draft } from "./draft";
import type { RoomEvent } from "./events";
import { isAmbiguous, sendHistory } from "./history";
import { keys } from "./keys";
import { moderate } from "./moderation";
import { maySpeak } from "./permissions";
import { setTyping, settle } from "./presence";
import type { Rate } from "./rate";
import { report } from "./reports";

const OTHER: Rate = { perSecond: OTHER_FRAMES_PER_SECOND, burst: OTHER_FRAMES_BURST };
const MESSAGES = new Set(["chat.send", "chat.edit", "chat.delete", "chat.react"]);

/**
 * One readable frame of a connection. Nothing is believed but what it wants: who wants it comes
 * from the connection's token. Each frame is answered or has a visible effect.
 */
export function onFrame(
  draft: Draft,
  { connection, frame }: Extract<RoomEvent, { type: "frame" }>,
): void {
  const kept = draft.connections.get(connection)?.kept;
  const person = kept && draft.people.get(kept.user.id);
  if (!kept || !person) return;
  const id = "id" in frame ? frame.id : undefined;
  if (draft.now >= kept.leaseEndsAt) return draft.refuse(connection, "auth_expired", id);
  if (!MESSAGES.has(frame.type)) {
    const wait = draft.take(connection, "other", OTHER);
    if (wait !== null) return draft.refuse(connection, "rate_limited", id, wait);
  }

  switch (frame.type) {
    case "chat.send":
    case "chat.edit":
    case "chat.delete":
    case "chat.react":
      return chat(draft, { connection, person }, frame);
    case "chat.report":
      return report(draft, connection, person, frame);
    case "typing.set":
      if (!maySpeak(person.role)) return draft.refuse(connection, "forbidden");
      if (refuseMuted(draft, connection, person)) return;
      return setTyping(draft, person.user.id, frame.on);
    case "presence.set":
      draft.keep(connection, { status: frame.status });
      return settle(draft, person.user.id);
    case "read.set": {
      const key = keys.read(draft.epoch, person.user.id);
      const read = Math.min(frame.seq, draft.seq);
      if (read > (draft.stored<number>(key) ?? 0)) draft.put.set(key, read);
      return;
    }
    case "history.get":
      if (isAmbiguous(frame)) return draft.refuse(connection, "bad_request", id);
      return sendHistory(draft, connection, frame);
    case "ping":
      return draft.send(connection, { type: "pong", ...(id !== undefined && { id }) });
    case "auth.refresh":
      // The adapter verifies its token first and makes another event of it.
      return draft.refuse(connection, "internal", id);
    default:
      return moderate(draft, connection, person, frame);
  }
}
