import type { RoomSummary } from "./rooms";

/** What is known of a room is news enough for so long, whoever asks. */
export const FRESH_MS = 2_000;
/** Where the party does not answer in time, what it said before stands in for so long. */
export const STALE_MS = 60_000;
/** After so many failures in a row the party is left alone for a moment. */
const FAILURES_TO_REST = 8;
export const REST_MS = 2_000;
/** Answers kept: a few megabytes. */
const MAX_KEPT = 20_000;

/** For whom it is counted: a person, and whose messages they do not count. */
export interface Viewer {
  user: string;
  hide?: readonly string[] | undefined;
}

/** Asks the party about one room, for one person or for nobody; null on any failure, in time. */
export type Ask = (
  room: string,
  viewer: Viewer | undefined,
  timeoutMs: number,
) => Promise<RoomSummary | null>;

export interface Question extends Viewer {
  room: string;
  /** The person may be in that room now: how far they have read may change at any moment. */
  there: boolean;
  /** How long an answer holds about somebody who was elsewhere, in milliseconds. */
  holdsMs: number;
  /** On the clock of `now`: past it nothing is waited for. */
  deadline: number;
}

interface Kept {
  at: number;
  summary: RoomSummary;
}

/**
 * What rooms are like now, asked of the party as seldom as possible: 200 rooms in each of a hundred
 * open pages would else be 700 calls a second (bench/rooms-list.mjs).
 *
 * How many are there is the same for everybody, and shared. How far somebody has read changes only
 * while they are there, so it is asked again only where they are, or where something was said since.
 * @param now milliseconds on a clock that does not jump
 */
export function createSummaries(ask: Ask, now: () => number) {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<RoomSummary | null>>();
  let failures = 0;
  let restUntil = -Infinity;

  /** One call at a time for the same question. */
  async function call(room: string, viewer: Viewer | undefined, deadline: number, there = false) {
    const key = keyOf(room, viewer);
    const asked = now();
    const left = Math.floor(deadline - asked);
    const running = underWay.get(key);
    if (!running && (left <= 0 || asked < restUntil)) return null;
    const answer =
      running ?? ask(room, viewer, left).then((summary) => heard(key, summary, asked, there));
    underWay.set(key, answer);
    return answer;
  }

  function heard(key: string, summary: RoomSummary | null, asked: number, there: boolean) {
    underWay.delete(key);
    failures = summary ? 0 : failures + 1;
    if (failures >= FAILURES_TO_REST) restUntil = now() + REST_MS;
    if (!summary) return null;
    // Whoever is there reads on, and may be gone before this would be asked again.
    if (there) kept.delete(key);
    else keep(kept, key, { at: asked, summary });
    keep(kept, keyOf(roomOf(key)), { at: asked, summary: forAnybody(summary) });
    return summary;
  }

  function known(room: string, viewer: Viewer | undefined, forMs: number): RoomSummary | null {
    const found = kept.get(keyOf(room, viewer));
    return found && now() - found.at < forMs ? found.summary : null;
  }

  return async function summaryFor(question: Question): Promise<RoomSummary | null> {
    const { room, there, holdsMs, deadline } = question;
    const own = there ? null : known(room, question, holdsMs);
    if (own) {
      const anybody = known(room, undefined, FRESH_MS) ?? (await call(room, undefined, deadline));
      if (anybody?.epoch === own.epoch && anybody.seq === own.seq) return { ...own, ...anybody };
    }
    return (
      (await call(room, question, deadline, there)) ??
      known(room, question, STALE_MS) ??
      known(room, undefined, STALE_MS)
    );
  };
}

/** No id has a space. Whoever hides somebody else from now on is counted for anew. */
const keyOf = (room: string, viewer?: Viewer): string =>
  viewer ? [room, viewer.user, ...(viewer.hide ?? [])].join(" ") : room;
const roomOf = (key: string): string => key.split(" ", 1)[0] ?? "";

function forAnybody({
  readSeq: _,
  mentions: __,
  unreadHidden: ___,
  ...summary
}: RoomSummary): RoomSummary {
  return summary;
}

/** The newest last; the oldest goes first. */
function keep(kept: Map<string, Kept>, key: string, answer: Kept): void {
  kept.delete(key);
  kept.set(key, answer);
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value as string);
}
