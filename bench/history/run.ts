import { setTimeout as wait } from "node:timers/promises";
import { createRoomClient } from "../../lib/client/create";
import { ORIGIN, startTestParty, type TestParty } from "../../party/testing/kit";
import { openApp, type App } from "./app";
import { CAST, ROOMS, seatName, type Seat } from "./cast";
import { between, chanceOf } from "./chance";
import type { Line, Written } from "./log";
import { createNemesis } from "./nemesis";
import { planOf, type Fault, type Stage } from "./plan";
import { revive, shownBy, truthOf, untilQuiet } from "./settle";
import { openTab, type CreateClient, type Tab } from "./tab";

export interface RunOptions {
  seed: number;
  /** How long the adversary is at work. */
  seconds: number;
  cast?: readonly Seat[];
  /** What it does; drawn from the seed where nothing else is said. */
  plan?: (stage: Stage) => Fault[];
  /** Another party, and another client, than the project's. */
  source?: string | undefined;
  createClient?: CreateClient;
  /** How long all may take to become quiet once the adversary rests. */
  quietWithinMs?: number;
  /** Hears of every line as it is written. */
  onLine?: (line: Line) => void;
}

export interface Run {
  lines: Line[];
  /** What the party itself has logged. */
  partyLines: readonly string[];
  quiet: boolean;
}

/** One message in this many leaves twice under the same id, now or a moment later. */
const TWICE = 1 / 25;
const EDITS = 1 / 25;
const QUIET_WITHIN_MS = 60_000;
const LOOK_AFTER_MS = 300;

const PARTY = {
  PARTY_GRACE_SECONDS: "2",
  LIMIT_MESSAGES_PER_SECOND: "1000",
  LIMIT_MESSAGES_PER_MINUTE: "60000",
  LIMIT_CONNECTIONS_PER_PERSON: "100",
};

/** Longer than the engine keeps a silent room in memory, shorter than two pings are apart. */
const NIGHT_MS = 13_000;
/** A ping from before the night, a renewal, the alarm for a lease that has been renewed: each costs one. */
const MAX_NIGHTS = 8;
const sleepsHere = ({ room }: Tab): boolean => ROOMS[room]?.beatMs !== undefined;
/** Whether a room that is there to sleep never had the peace for it. */
const needsSleep = (tabs: readonly Tab[], partyLines: readonly string[]): boolean =>
  tabs.some(sleepsHere) && sleepsOf(partyLines).length === 0;

const since = (from: number, ms: number) => Math.max(0, from + ms - performance.now());

/** Lets people talk in real rooms while an adversary is at work, and gives back all that was heard. */
export async function runHistory(options: RunOptions): Promise<Run> {
  const { seed, seconds, cast = CAST, source } = options;
  const rooms = [...new Set(cast.map(({ room }) => room))];
  const app = await openApp((room) => ROOMS[room]?.leaseSeconds ?? 6);
  const env = { ...PARTY, PARTY_TOKEN_JWKS: app.keysUrl };
  const party = await startTestParty(env, { persist: true, source });
  app.serve(party.mint);

  const began = performance.now();
  const lines: Line[] = [];
  const write = (line: Written, client: string, user = "", room = "") => {
    const written: Line = { t: performance.now() - began, client, user, room, ...line };
    lines.push(written);
    for (const hear of listeners) hear(written);
  };
  const listeners = options.onLine ? [options.onLine] : [];
  const tabs = await seat(cast, { ...options, party, app, write });
  const nemesis = createNemesis({
    ...{ party, app, tabs, rooms },
    note: (kind, detail) => write({ ev: "fault", kind, detail: { ...detail } }, "world"),
    cleared: (room, held) => {
      const told = held.filter(({ ev }) => ev === "truth");
      for (const line of told) write(line, "truth", "", room);
      const epoch = held.find((line) => line.ev === "room")?.epoch;
      if (epoch !== undefined) write({ ev: "cleared", epoch }, "world", "", room);
    },
    revoked: (sid) => write({ ev: "revoked", sid, at: Date.now() }, "world"),
  });
  listeners.push(nemesis.hear);
  try {
    const stage = {
      tabs: tabs.map(({ name }) => name),
      users: [...new Set(cast.map((s) => s.user))],
    };
    const plan = (options.plan ?? ((given) => planOf(seed, seconds, given)))(stage);
    // The adversary waits until there is something to break.
    await untilQuiet({ party, app, tabs, rooms }, QUIET_WITHIN_MS);
    const stop = talk(tabs, seed);
    const care = setInterval(() => revive(tabs, app), LOOK_AFTER_MS);
    const from = performance.now();
    for (const fault of plan) {
      await wait(since(from, fault.at));
      nemesis.do(fault);
    }
    await wait(since(from, seconds * 1_000));
    stop();
    clearInterval(care);
    await nemesis.heal();
    const within = options.quietWithinMs ?? QUIET_WITHIN_MS;
    const becomeQuiet = () => untilQuiet({ party, app, tabs, rooms }, within);
    let quiet = await becomeQuiet();
    for (let nights = 0; nights < MAX_NIGHTS && needsSleep(tabs, party.lines); nights++) {
      await wait(NIGHT_MS);
      for (const tab of tabs.filter(sleepsHere).slice(0, 1)) tab.page.say("Is anybody awake?");
      quiet = await becomeQuiet();
    }
    for (const tab of tabs) {
      for (const line of shownBy(tab, app)) write(line, tab.page.name, tab.user, tab.room);
    }
    for (const room of rooms) {
      for (const line of await truthOf(party, room)) write(line, "truth", "", room);
    }
    for (const { room, connections } of sleepsOf(party.lines)) {
      write({ ev: "woke", connections }, "world", "", room);
    }
    return { lines, partyLines: party.lines, quiet };
  } finally {
    await Promise.all(tabs.map((tab) => tab.stop()));
    await Promise.all([party.stop(), app.stop()]);
  }
}

/** A room that wakes with sockets was asleep; one whose process was killed has none. */
function sleepsOf(partyLines: readonly string[]): { room: string; connections: number }[] {
  const found: { room: string; connections: number }[] = [];
  for (const text of partyLines) {
    const at = text.indexOf('{"time"');
    if (at < 0 || !text.includes('"event":"room_woke"')) continue;
    const { room, connections } = JSON.parse(text.slice(at)) as (typeof found)[number];
    if (connections > 0) found.push({ room, connections });
  }
  return found;
}

type Write = (line: Written, client: string, user: string, room: string) => void;

const seat = (
  cast: readonly Seat[],
  given: RunOptions & { party: TestParty; app: App; write: Write },
): Promise<Tab[]> =>
  Promise.all(
    cast.map((one, at) => {
      const { user, room } = one;
      return openTab({
        ...{ name: seatName(one), user, room, seed: given.seed * 100 + at },
        ...{ origin: ORIGIN, partyPort: given.party.port, app: given.app, twice: TWICE },
        createClient: given.createClient ?? createRoomClient,
        write: (line, client) => given.write(line, client, user, room),
      });
    }),
  );

/** Everybody talks, each in their own time, whatever the connection is like. */
function talk(tabs: readonly Tab[], seed: number): () => void {
  let over = false;
  for (const [at, tab] of tabs.entries()) {
    const chance = chanceOf(seed * 10_000 + at);
    let said = 0;
    const speak = () => {
      if (!tab.page.isOpen()) return;
      if (chance() < EDITS) tab.page.edit(`${tab.name} says better ${++said}`);
      else tab.page.say(`${tab.name} says ${++said}`);
    };
    const { everyMs = 0, beatMs } = ROOMS[tab.room] ?? {};
    void (async () => {
      while (!over) {
        await wait(beatMs ?? between(chance, 1, everyMs * 2));
        if (!over) speak();
      }
    })();
  }
  return () => void (over = true);
}
