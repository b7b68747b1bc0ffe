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
import type { Meta, RoomState } from "./state";

export interface StepResult {
  state: RoomState;
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
  const { meta, put, dropPrefixes, effects, answer } = draft;
  if (differs(meta, state) || draft.sweepAt !== state.sweepAt) put.set(keys.meta, meta);
  return {
    state: { ...state, ...meta, sweepAt: draft.sweepAt, ...partsOf(draft) },
    writes: { put, delete: draft.delete, dropPrefixes },
    effects,
    answer,
  };
}

/** What is not stored of the room itself. */
function partsOf(draft: Draft): Partial<RoomState> {
  const { before, news, buckets, spent } = draft;
  const connections = draft.connections.current;
  const people = draft.people.current;
  const typing = draft.typing.current;
  const isSame =
    connections === before.connections && people === before.people && typing === before.typing;
  const parts = { connections, people, typing };
  const times = isSame ? before.times : timesOf(parts, before.config);
  return { ...parts, news, buckets, spent, times };
}

const differs = (meta: Meta, state: RoomState): boolean =>
  (Object.keys(meta) as (keyof Meta)[]).some((field) => meta[field] !== state[field]);

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
  for (const [user, leave] of draft.parted) settle(draft, user, leave);
  draft.parted.clear();
}
