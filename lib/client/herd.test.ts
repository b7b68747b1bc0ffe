import { describe, expect, it } from "vitest";
import { RECONNECT_CAP_MS, REFRESH_EARLIEST_SHARE, REFRESH_LATEST_SHARE } from "../protocol";
import { newLease } from "../room/lease";
import { transition } from "./machine/transition";
import { INITIAL, type Effect, type MachineEvent, type MachineState } from "./machine/types";
import { createWorld } from "./testing/world";
import { welcomeFrame } from "./testing/welcome-frame";

const CLIENTS = 500;
const LEASE_MS = 60_000;
const ROUTE_MS = 20;
const WAY_MS = 5;

/** Chance with a seed (mulberry32): another run of this test is the same run. */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Many machines on one clock, all live at time 0, that lose the same party. */
function herd(
  party: { upAgainAt: number; closeAt: number; drainOverMs?: number },
  { clients = CLIENTS, seed = 7 } = {},
) {
  const random = chance(seed);
  const todo: { at: number; run: () => void }[] = [];
  const at = (time: number, run: () => void) => todo.push({ at: time, run });
  let now = 0;
  const asked: number[] = [];
  const dials: number[] = [];
  const back: number[] = [];
  const refreshes: number[] = [];
  const welcome = () => {
    const { leaseMs, refreshInMs } = newLease(
      { leaseMs: LEASE_MS, sessionEndsAt: Infinity } as Parameters<typeof newLease>[0],
      random(),
      now,
    );
    return welcomeFrame({ leaseMs, refreshInMs });
  };

  function client(slot: number) {
    let state: MachineState = INITIAL;
    let welcomedAt = 0;
    const hear = (event: MachineEvent) => {
      const step = transition(state, event, { now, random });
      state = step.state;
      for (const effect of step.effects) follow(effect);
    };
    const greet = (socket: number) => {
      welcomedAt = now;
      if (now > party.closeAt) back.push(now - party.closeAt);
      hear({ type: "frame", socket, frame: welcome() });
    };
    const follow = (effect: Effect) => {
      if (effect.type === "setTimer") {
        const due = now + effect.inMs;
        at(
          due,
          () => state.timers[effect.name] === due && hear({ type: "timer", name: effect.name }),
        );
      } else if (effect.type === "requestToken") {
        if (effect.use === "refresh") refreshes.push(now - welcomedAt);
        else if (now > 0) asked.push(now - party.closeAt);
        const answer = { kind: "token", token: "t" } as const;
        at(now + ROUTE_MS, () => hear({ type: "token", request: effect.request, answer }));
      } else if (effect.type === "send" && effect.frame.type === "ping") {
        const { id = "" } = effect.frame;
        const socket = state.socket as number;
        at(now + WAY_MS, () => hear({ type: "frame", socket, frame: { type: "pong", id } }));
      } else if (effect.type === "dial") {
        if (now > ROUTE_MS) dials.push(now - party.closeAt);
        const isUp = now < party.closeAt || now >= party.upAgainAt;
        const { socket } = effect;
        at(now + WAY_MS, () =>
          isUp ? greet(socket) : hear({ type: "closed", socket, code: 1006, crowd: clients }),
        );
      }
    };
    hear({ type: "start", offline: false });
    at(party.closeAt, () => {
      const socket = state.socket as number;
      const { drainOverMs } = party;
      if (drainOverMs !== undefined) {
        const retryInMs = 1_000 + ((slot + 0.5) * drainOverMs) / clients;
        hear({ type: "frame", socket, frame: { type: "drain", retryInMs } });
      }
      const code = drainOverMs === undefined ? 1006 : 4503;
      hear({ type: "closed", socket, code, crowd: clients });
    });
  }

  for (let slot = 0; slot < clients; slot++) client(slot);
  return {
    asked,
    dials,
    back,
    refreshes,
    /** Time passes; what is due at the same time happens in the order in which it was planned. */
    until(end: number) {
      for (;;) {
        let first = -1;
        todo.forEach(({ at }, index) => {
          if (at <= end && (first < 0 || at < (todo[first]?.at ?? 0))) first = index;
        });
        const [next] = first < 0 ? [] : todo.splice(first, 1);
        if (!next) return;
        now = Math.max(now, next.at);
        next.run();
      }
    },
  };
}

/** The share of the busiest second, wherever the second begins. */
function busiestSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let from = 0;
  let most = 0;
  sorted.forEach((time, index) => {
    while (time - (sorted[from] ?? 0) >= 1_000) from++;
    most = Math.max(most, index - from + 1);
  });
  return most / times.length;
}

describe("five hundred clients that lose the same party", () => {
  it.each([
    ["is back at once", { closeAt: 5_000, upAgainAt: 5_001 }],
    ["is back after two seconds", { closeAt: 5_000, upAgainAt: 7_000 }],
    ["is back after fifteen seconds", { closeAt: 5_000, upAgainAt: 20_000 }],
    ["drained before it stopped", { closeAt: 5_000, upAgainAt: 6_000, drainOverMs: 10_000 }],
  ])("ask and dial spread out where it %s", (_what, party) => {
    const many = herd(party);
    many.until(58_000);
    expect(many.back).toHaveLength(CLIENTS);
    expect(busiestSecond(many.asked)).toBeLessThanOrEqual(0.3);
    expect(busiestSecond(many.dials)).toBeLessThanOrEqual(0.3);
    if (!("drainOverMs" in party)) return;
    // Told when to come, each comes once.
    expect(many.asked).toHaveLength(CLIENTS);
    expect(busiestSecond(many.asked)).toBeLessThanOrEqual(0.12);
  });

  it("renew spread over the window that the lease allows", () => {
    const many = herd({ closeAt: 1_000_000, upAgainAt: 0 });
    many.until(LEASE_MS * 0.9);
    const earliest = LEASE_MS * REFRESH_EARLIEST_SHARE;
    const windowMs = LEASE_MS * REFRESH_LATEST_SHARE - earliest;
    expect(many.refreshes).toHaveLength(CLIENTS);
    expect(Math.min(...many.refreshes)).toBeGreaterThanOrEqual(earliest);
    expect(Math.max(...many.refreshes)).toBeLessThanOrEqual(earliest + windowMs);
    const tenths = new Set(
      many.refreshes.map((ms) => Math.floor((10 * (ms - earliest)) / windowMs)),
    );
    expect(tenths.size).toBeGreaterThanOrEqual(10);
    expect(busiestSecond(many.refreshes)).toBeLessThanOrEqual(0.3);
  });
});

describe("a hundred clients whose party is killed", () => {
  /** Milliseconds from the kill to each welcome, ascending. A renewal is not due before the end. */
  function backAfter(downMs: number, seed: number): number[] {
    const party = { closeAt: 5_000, upAgainAt: 5_000 + downMs };
    const many = herd(party, { clients: 100, seed });
    many.until(LEASE_MS * REFRESH_EARLIEST_SHARE);
    expect(many.back).toHaveLength(100);
    return [...many.back].sort((a, b) => a - b);
  }
  const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

  // The runner starts a party that has died at once; it is up in a second or two.
  it.each([1, 1_000, 2_000, 3_000])(
    "and up again %i ms later are live again: p95 within 10 s of the kill, the last within 20 s",
    (downMs) => {
      for (const seed of seeds) {
        const back = backAfter(downMs, seed);
        expect(back[94], `p95, seed ${seed}`).toBeLessThanOrEqual(10_000);
        expect(back.at(-1), `the last, seed ${seed}`).toBeLessThanOrEqual(20_000);
      }
    },
  );

  it("for longer are live again within the longest wait of its return", () => {
    for (const seed of seeds) {
      const downMs = 9_000;
      const last = (backAfter(downMs, seed).at(-1) ?? Infinity) - downMs;
      expect(last, `seed ${seed}`).toBeLessThanOrEqual(RECONNECT_CAP_MS + ROUTE_MS + WAY_MS);
    }
  });
});

it("a client stretches its wait by the connections it has seen in the room", async () => {
  const waits: number[] = [];
  for (const connections of [1, 25, 500, 100_000]) {
    const world = createWorld();
    const client = await world.live();
    const person = { id: "bo", name: "Bo", role: "member", status: "active", lastSeen: 0 } as const;
    world.party.tell({ type: "presence.sync", users: [{ ...person, connections }] });
    await world.clock.advance(1);
    world.random = () => 1;
    world.party.cut();
    waits.push((client.getSnapshot().connection.retryAt ?? 0) - world.clock.now());
  }
  expect(waits).toEqual([500, 500, 10_000, 30_000]);
});
