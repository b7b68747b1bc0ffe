import { closeRule, type CloseCode } from "../protocol/codes";
import {
  HISTORY_PAGE_MESSAGES,
  MAX_FRAME_BYTES,
  MAX_TEXT_CHARACTERS,
  PROTOCOL_VERSION,
} from "../protocol/limits";
import { errorFrame } from "../protocol/parse";
import type { ServerFrameOf } from "../protocol/server-frames";
import type { Draft } from "./draft";
import { mutedField, objection, type Objection, roleOf, spend, userOf } from "./entry";
import type { RoomEvent } from "./events";
import { changedFields, isRecoverable, shownTo } from "./history";
import { keys } from "./keys";
import { newLease } from "./lease";
import { greet, presentUsers, typists } from "./presence";
import { shownRules } from "./settings";
import { shownId } from "./shown-id";

type Join = Extract<RoomEvent, { type: "join" }>;

/** Lets a verified connection in, or tells it in one frame and one close code why not. */
export function join(draft: Draft, event: Join): void {
  const { pass, connection: id } = event;
  const refusal = objection(draft, pass);
  if (refusal) return turnAway(draft, id, refusal, pass.user.id);
  spend(draft, pass);
  const lease = newLease(pass, event.share, draft.now);
  if (lease.leaseMs <= 0) {
    draft.send(id, errorFrame("token_expired"));
    return refuseJoin(draft, id, 4401, "token_expired", pass.user.id);
  }
  const user = userOf(draft, pass);
  const own = draft.connectionsOf(user.id);
  if (own.length < draft.config.connectionsPerPerson) {
    if (draft.connections.size >= draft.config.connectionsPerRoom) {
      draft.send(id, errorFrame("unavailable", { retryAfterMs: 30_000 }));
      return refuseJoin(draft, id, 1013, undefined, pass.user.id);
    }
  } else {
    const oldest = own.reduce((a, b) => (b.kept.joinedAt < a.kept.joinedAt ? b : a));
    draft.close(oldest.kept.id, 4411);
  }

  draft.connections.set(id, {
    kept: {
      id,
      user,
      sid: pass.sid,
      joinedAt: draft.now,
      status: "active",
      missedFrom: 0,
      ...lease.kept,
    },
  });
  greet(draft, user, roleOf(draft, pass), pass.issuedAt);
  draft.welcomed = id;
  draft.send(id, welcome(draft, event, lease));
  if (draft.typing.size > 0) draft.send(id, { type: "typing", users: typists(draft) });
}

function welcome(
  draft: Draft,
  { pass, connection, resume }: Join,
  lease: { leaseMs: number; refreshInMs: number },
): ServerFrameOf<"welcome"> {
  const { config } = draft;
  return {
    type: "welcome",
    protocol: PROTOCOL_VERSION,
    connection,
    user: userOf(draft, pass),
    role: draft.people.get(pass.user.id)?.role ?? pass.role,
    room: { id: shownId(draft.room), ...shownRules(draft.rules) },
    epoch: draft.epoch,
    seq: draft.seq,
    recovered: isRecoverable(draft, resume),
    leaseMs: lease.leaseMs,
    refreshInMs: lease.refreshInMs,
    graceMs: config.graceMs,
    serverTime: draft.now,
    limits: {
      textCharacters: MAX_TEXT_CHARACTERS,
      frameBytes: MAX_FRAME_BYTES,
      messagesPerSecond: config.messagesPerSecond,
      messagesBurst: config.messagesPerSecond * 2,
      messagesPerMinute: config.messagesPerMinute,
      historyPage: HISTORY_PAGE_MESSAGES,
    },
    presence: presentUsers(draft),
    messages: shownTo(draft, connection, draft.found.page),
    ...changedFields(draft, connection, resume),
    readSeq: draft.stored<number>(keys.read(draft.epoch, pass.user.id)) ?? 0,
    ...mutedField(draft, pass.user.id),
  };
}

function turnAway(draft: Draft, id: string, refusal: Objection, user: string): void {
  switch (refusal.why) {
    case "spent":
      draft.send(id, errorFrame("token_spent"));
      return refuseJoin(draft, id, 4409, undefined, user);
    case "revoked":
      draft.send(id, { type: "auth.revoked", reason: refusal.reason });
      return refuseJoin(draft, id, 4410, undefined, user);
    case "forbidden":
      draft.send(id, errorFrame("forbidden"));
      return refuseJoin(draft, id, 4403, undefined, user);
    case "gone":
      draft.send(id, errorFrame("not_found"));
      return refuseJoin(draft, id, 4404, undefined, user);
    case "banned":
    case "kicked": {
      const { until, reason } = refusal;
      const retryAfterMs = until && until - draft.now;
      draft.send(id, errorFrame("forbidden", { retryAfterMs, reason, until }));
      return refuseJoin(draft, id, refusal.why === "banned" ? 4403 : 4423, undefined, user);
    }
  }
}

function refuseJoin(
  draft: Draft,
  id: string,
  code: CloseCode,
  reason: string | undefined,
  user: string,
): void {
  draft.effects.push({ type: "refused", reason: reason ?? closeRule(code).name, user });
  draft.close(id, code, "grace", reason);
}
