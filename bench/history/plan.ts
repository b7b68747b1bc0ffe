import { between, chanceOf, oneOf, type Chance } from "./chance";

/** How the token route fails: it answers late, with an error, with somebody else's page, or never. */
export const FAILURES = [
  "slow",
  "unavailable",
  "internal",
  "too_many",
  "portal",
  "garbage",
  "network",
  "hang",
] as const;
export type Failure = (typeof FAILURES)[number];

/** What the adversary does, and for how long (`ms`). `at`: milliseconds since people began to talk. */
export type Fault = { at: number } &
  /** `kill -9` of the party: at once, or in the moment in which somebody hears of a message. */
  (
    | { kind: "kill"; on: "now" | "ack" | "recv" }
    | { kind: "freeze"; ms: number }
    | { kind: "cut"; tab: string }
    | { kind: "cut_all" }
    /** The line is open, and nothing comes through any more. `wakes`: the page is looked at again. */
    | { kind: "half_open"; tab: string; ms: number; wakes: boolean }
    | { kind: "delay"; tab: string; ms: number; by: number }
    /** A reader that stops reading. */
    | { kind: "deaf"; tab: string; ms: number }
    | { kind: "route"; user: string | null; how: Failure; ms: number }
    /** No token for longer than a lease and its grace. */
    | { kind: "lapse"; user: string; ms: number }
    | { kind: "rotate" }
    /** The history is cleared while nobody is connected; everybody comes back to another one. */
    | { kind: "clear"; room: string }
    | { kind: "revoke"; user: string }
    | { kind: "reload"; tab: string; gently: boolean }
    | { kind: "close"; tab: string; ms: number }
    | { kind: "offline"; tab: string; ms: number }
    /** The next token of a tab is one for another room, or one that was presented before. */
    | { kind: "misdirect"; tab: string }
    | { kind: "replay"; tab: string }
  );
export type Kind = Fault["kind"];

/** How often each fault comes, per minute. */
const PER_MINUTE: Record<Kind, number> = {
  kill: 4,
  freeze: 3,
  cut: 12,
  cut_all: 1,
  half_open: 5,
  delay: 8,
  deaf: 5,
  route: 8,
  lapse: 3,
  rotate: 2,
  revoke: 2,
  reload: 20,
  close: 3,
  offline: 3,
  misdirect: 3,
  replay: 4,
  clear: 2,
};
export const KINDS = Object.keys(PER_MINUTE) as Kind[];

export interface Stage {
  tabs: readonly string[];
  users: readonly string[];
}

/**
 * All faults of a run, in order. Pure: the same seed, length and stage give the same plan.
 * Each kind of `kinds` comes at least once, however short the run.
 */
export function planOf(
  seed: number,
  seconds: number,
  stage: Stage,
  kinds: readonly Kind[] = KINDS,
): Fault[] {
  const plan: Fault[] = [];
  for (const kind of kinds) {
    // Chance of its own, so that leaving a kind out moves no fault of another.
    const chance = chanceOf(seed * 1_000 + KINDS.indexOf(kind));
    const times = Math.max(1, Math.round((PER_MINUTE[kind] * seconds) / 60));
    for (let n = 0; n < times; n++) {
      // One in each part of the run: spread, and never known exactly.
      const at = Math.round(((n + chance()) / times) * seconds * 1_000);
      plan.push({ at, ...faultOf(kind, chance, stage) });
    }
  }
  return plan.sort((a, b) => a.at - b.at);
}

/** `ada/hall/1` sits in the hall. */
const roomOf = (tab: string): string => tab.split("/")[1] as string;

type Bare = Fault extends infer One ? (One extends Fault ? Omit<One, "at"> : never) : never;

function faultOf(kind: Kind, chance: Chance, { tabs, users }: Stage): Bare {
  const tab = () => oneOf(chance, tabs);
  const user = () => oneOf(chance, users);
  switch (kind) {
    case "kill":
      return { kind, on: oneOf(chance, ["now", "ack", "recv"]) };
    case "freeze":
      return { kind, ms: between(chance, 300, 3_000) };
    case "cut":
      return { kind, tab: tab() };
    case "half_open":
      return { kind, tab: tab(), ms: between(chance, 3_000, 12_000), wakes: chance() < 0.7 };
    case "delay":
      return { kind, tab: tab(), ms: between(chance, 1_000, 6_000), by: between(chance, 50, 900) };
    case "deaf":
      return { kind, tab: tab(), ms: between(chance, 1_000, 6_000) };
    case "route": {
      const how = oneOf(chance, FAILURES);
      return { kind, user: chance() < 0.3 ? null : user(), how, ms: between(chance, 500, 5_000) };
    }
    case "lapse":
      return { kind, user: user(), ms: between(chance, 7_000, 10_000) };
    case "revoke":
      return { kind, user: user() };
    case "clear":
      return { kind, room: roomOf(tab()) };
    case "reload":
      return { kind, tab: tab(), gently: chance() < 0.5 };
    case "close":
    case "offline":
      return { kind, tab: tab(), ms: between(chance, 500, 4_000) };
    case "misdirect":
    case "replay":
      return { kind, tab: tab() };
    case "cut_all":
    case "rotate":
      return { kind };
  }
}
