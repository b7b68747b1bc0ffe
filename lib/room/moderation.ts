import { DEFAULT_KICK_SECONDS } from "../protocol/limits";
import { errorFrame } from "../protocol/parse";
import type { Role } from "../protocol/values";
import { audit, tellOthers, tellPerson, type Deed } from "./audit";
import { ack } from "./chat";
import { startAnew } from "./clear";
import type { Draft } from "./draft";
import { inForce, mutedField, type Until } from "./entry";
import type { Sanction } from "./events";
import { keys } from "./keys";
import { may, mayModerateUser } from "./permissions";
import { stopTyping } from "./presence";
import { changeSettings } from "./settings";
import type { FrameOf, Person } from "./state";

export type ModFrame =
  | FrameOf<"mod.kick">
  | FrameOf<"mod.ban">
  | FrameOf<"mod.unban">
  | FrameOf<"mod.mute">
  | FrameOf<"mod.unmute">
  | FrameOf<"mod.get">
  | FrameOf<"mod.slow">
  | FrameOf<"mod.clear">;

const ACTION = {
  "mod.kick": "kick",
  "mod.ban": "ban",
  "mod.unban": "unban",
  "mod.mute": "mute",
  "mod.unmute": "unmute",
  "mod.get": "see_mutes",
  "mod.slow": "slow",
  "mod.clear": "clear",
} as const;

/** Moderation from within the room: it acts at once, is told, and is written into the log. */
export function moderate(draft: Draft, connection: string, actor: Person, frame: ModFrame): void {
  const action = ACTION[frame.type];
  if (!may(actor.role, action)) return draft.refuse(connection, "forbidden", frame.id);
  const by = { id: actor.user.id, name: actor.user.name };
  const done = () => ack(draft, connection, frame.id, draft.seq, draft.now);
  switch (frame.type) {
    case "mod.get": {
      const { id, user } = frame;
      const held = { type: "mod.held", id, user, ...mutedField(draft, user) } as const;
      return draft.send(connection, held);
    }
    case "mod.slow": {
      done();
      const { seconds, reason } = frame;
      const deed: Deed = { action: "slow", by, seconds, reason };
      audit(draft, deed);
      changeSettings(draft, { slowSeconds: seconds });
      return tellOthers(draft, deed);
    }
    case "mod.clear": {
      const epoch = epochOf(draft, connection);
      // Twice within a millisecond: the second would throw away what came after the first.
      if (epoch === draft.epoch) return draft.refuse(connection, "conflict", frame.id);
      startAnew(draft, epoch);
      done();
      const deed: Deed = { action: "clear", by, reason: frame.reason };
      audit(draft, deed);
      return tellOthers(draft, deed);
    }
    default: {
      const { user, reason } = frame;
      const here = draft.people.get(user);
      if (frame.type === "mod.kick" && !here)
        return draft.refuse(connection, "not_found", frame.id);
      if (!mayModerateUser(actor.role, here?.role ?? roleThen(draft, user))) {
        return draft.refuse(connection, "forbidden", frame.id);
      }
      done();
      const seconds = "seconds" in frame ? frame.seconds : undefined;
      audit(draft, sanction(draft, { action: ACTION[frame.type], user, seconds, reason, by }));
    }
  }
}

/** Unique within a room: a history is begun by one connection at one time. */
const epochOf = ({ now }: Draft, connection: string): string =>
  `${now.toString(36)}${connection.replace(/[^A-Za-z0-9]/g, "").slice(0, 16)}`;

/** What somebody was when they were sanctioned: a moderator can take back what a moderator did. */
const roleThen = (draft: Draft, user: string): Role | undefined =>
  sanctionKeys(user)
    .map((key) => inForce(draft, key)?.role)
    .find((role) => role !== undefined);

export const sanctionKeys = (user: string): string[] => [
  keys.ban(user),
  keys.kick(user),
  keys.mute(user),
];

/**
 * Carries a sanction out. It is stored with its end and judged by the clock whenever it matters, so
 * none needs a timer. Who is concerned hears why and until when; the others, what happened.
 */
export function sanction(draft: Draft, { action, user, reason, by, ...given }: Sanction): Deed {
  const here = draft.people.get(user);
  const seconds = given.seconds ?? (action === "kick" ? DEFAULT_KICK_SECONDS : undefined);
  const until = seconds === undefined ? null : draft.now + seconds * 1000;
  const role = here?.role ?? roleThen(draft, user);
  const held: Until = { until, reason, by: by?.id, role };
  const deed: Deed = {
    action,
    by,
    user: { id: user, name: here?.user.name },
    seconds,
    until: until ?? undefined,
    reason,
  };
  switch (action) {
    case "kick":
      draft.put.set(keys.kick(user), held);
      expel(draft, deed, 4423, seconds && seconds * 1000);
      break;
    case "ban":
      draft.put.set(keys.ban(user), held);
      expel(draft, deed, 4403, seconds && seconds * 1000);
      break;
    case "unban":
      draft.delete.add(keys.ban(user)).add(keys.kick(user));
      break;
    case "mute":
      draft.put.set(keys.mute(user), held);
      stopTyping(draft, user);
      tellPerson(draft, user, deed);
      break;
    case "unmute":
      draft.delete.add(keys.mute(user));
      tellPerson(draft, user, deed);
  }
  tellOthers(draft, deed);
  return deed;
}

/** All of a person's sockets, in one step: nothing of theirs is heard after it. */
function expel(draft: Draft, deed: Deed, code: 4403 | 4423, retryAfterMs?: number): void {
  const { reason, until, user } = deed;
  for (const { kept } of draft.connectionsOf(user?.id ?? "")) {
    draft.send(kept.id, errorFrame("forbidden", { retryAfterMs, reason, until }));
    draft.close(kept.id, code, "now");
  }
}
