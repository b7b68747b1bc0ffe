import { BAD_FRAMES_BURST, BAD_FRAMES_PER_SECOND } from "../protocol/limits";
import { errorFrame } from "../protocol/parse";
import { Draft } from "./draft";
import type { Answer, Effect, Found, RoomEvent, Writes } from "./events";
import { onFrame } from "./frame";
import { http } from "./http";
import { join } from "./join";
import { keys } from "./keys";
import { passTime } from "./lease";
import { announce } from "./news";
import { settle } from "./presence";
import { refresh } from "./refresh";
import { tidy } from "./tidy";
import { timesOf } from "./times";
import type { RoomState } from "./state";

export interface StepResult {
  state: RoomState;
  /** The draft that the step was made in. */
  writes: Writes;
  /** In order; to be carried out only once `writes` is durable. */
  effects: readonly Effect[];
  /** For what came over HTTP. */
  answer?: Answer | undefined;
}

/**
 * The room's rules: what happens, given what was known and what happened. Pure: same arguments,
 * same result, nothing changed. If `writes` cannot be made durable the caller keeps the old state
 * and drops the effects, and it is as if nothing had happened.
 * @param now milliseconds since the Unix epoch
 */
export function step(state: RoomState, event: RoomEvent, now: number, found: Found): StepResult {
  const draft = new Draft(state, found, now);
  passTime(draft);
  settleParted(draft);
  apply(draft, event);
  settleParted(draft);
  announce(draft);
  const { effects, answer } = draft;
  if (isMetaChanged(draft)) draft.put.set(keys.meta, draft.meta);
  return { state: stateAfter(draft), writes: draft, effects, answer };
}

/** Field by field: spread into each other, the parts of it would be most of what a step costs. */
function stateAfter(draft: Draft): RoomState {
  const { before, room, epoch, seq, rev, rules, floor, sweepAt, forgetting } = draft;
  const { audited, reported, config, news, buckets, spent } = draft;
  const connections = draft.connections.current;
  const people = draft.people.current;
  const typing = draft.typing.current;
  const isSame =
    connections === before.connections && people === before.people && typing === before.typing;
  const times = isSame ? before.times : timesOf({ connections, people, typing }, config);
  return {
    room,
    epoch,
    seq,
    rev,
    rules,
    floor,
    sweepAt,
    forgetting,
    audited,
    reported,
    config,
    connections,
    people,
    typing,
    news,
    buckets,
    spent,
    times,
  };
}

/** Whether anything of what is stored of the room itself has changed. */
function isMetaChanged(draft: Draft): boolean {
  const { before } = draft;
  return (
    draft.seq !== before.seq ||
    draft.rev !== before.rev ||
    draft.epoch !== before.epoch ||
    draft.rules !== before.rules ||
    draft.floor !== before.floor ||
    draft.sweepAt !== before.sweepAt ||
    draft.forgetting !== before.forgetting ||
    draft.audited !== before.audited ||
    draft.reported !== before.reported
  );
}

function apply(draft: Draft, event: RoomEvent): void {
  switch (event.type) {
    case "join":
      return join(draft, event);
    case "frame":
      return onFrame(draft, event);
    case "unreadable":
      return unreadable(draft, event);
    case "refresh":
      return refresh(draft, event);
    case "leave":
      return draft.drop(event.connection);
    case "tick":
      return tidy(draft);
    default:
      draft.answer = http(draft, event);
  }
}

/** What is no frame is answered too, until it becomes a habit. */
function unreadable(
  draft: Draft,
  { connection, code, id }: Extract<RoomEvent, { type: "unreadable" }>,
): void {
  if (!draft.connections.has(connection)) return;
  if (code === "binary") {
    draft.send(connection, errorFrame("bad_request"));
    return draft.close(connection, 1003);
  }
  draft.send(connection, errorFrame(code, { id }));
  if (code === "too_large") return draft.close(connection, 1009);
  const bad = { perSecond: BAD_FRAMES_PER_SECOND, burst: BAD_FRAMES_BURST };
  if (draft.take(connection, "bad", bad) !== null) draft.close(connection, 4400);
}

function settleParted(draft: Draft): void {
  const { parted } = draft;
  if (parted === null) return;
  for (const [user, leave] of parted) settle(draft, user, leave);
  draft.parted = null;
}
