import { errorFrame } from "../protocol/parse";
import { ack } from "./chat";
import type { Draft } from "./draft";
import type { Until } from "./entry";
import { keys } from "./keys";
import { mayModerate, mayModerateUser } from "./permissions";
import type { FrameOf, Person } from "./state";

const DEFAULT_KICK_SECONDS = 60;

export type ModFrame =
  | FrameOf<"mod.kick">
  | FrameOf<"mod.ban">
  | FrameOf<"mod.unban">
  | FrameOf<"mod.mute">
  | FrameOf<"mod.unmute">;

/** Sanctions are stored with their end and judged by the clock whenever they matter; none needs a timer. */
export function moderate(draft: Draft, connection: string, actor: Person, frame: ModFrame): void {
  if (!mayModerate(actor.role)) return draft.refuse(connection, "forbidden", frame.id);
  const target = draft.people.get(frame.user);
  if (frame.type === "mod.kick" && !target) return draft.refuse(connection, "not_found", frame.id);
  if (!mayModerateUser(actor.role, target?.role)) {
    return draft.refuse(connection, "forbidden", frame.id);
  }
  ack(draft, connection, frame.id, draft.seq, draft.now);
  const sanction = (seconds: number | undefined): Until => ({
    until: seconds === undefined ? null : draft.now + seconds * 1000,
    reason: frame.reason,
  });
  switch (frame.type) {
    case "mod.kick": {
      const seconds = frame.seconds ?? DEFAULT_KICK_SECONDS;
      draft.put.set(keys.kick(frame.user), sanction(seconds));
      return expel(draft, frame.user, 4423, seconds * 1000);
    }
    case "mod.ban":
      draft.put.set(keys.ban(frame.user), sanction(frame.seconds));
      return expel(draft, frame.user, 4403, frame.seconds && frame.seconds * 1000);
    case "mod.unban":
      draft.delete.add(keys.ban(frame.user)).add(keys.kick(frame.user));
      return;
    case "mod.mute":
      draft.put.set(keys.mute(frame.user), sanction(frame.seconds));
      return;
    case "mod.unmute":
      draft.delete.add(keys.mute(frame.user));
  }
}

function expel(draft: Draft, user: string, code: 4403 | 4423, retryAfterMs?: number): void {
  for (const { kept } of draft.connectionsOf(user)) {
    draft.send(
      kept.id,
      errorFrame("forbidden", retryAfterMs === undefined ? {} : { retryAfterMs }),
    );
    draft.close(kept.id, code, "now");
  }
}
