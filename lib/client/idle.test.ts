import { describe, expect, it } from "vitest";
import { PING_INTERVAL_MS, PONG_TIMEOUT_MS } from "../protocol";
import { SPENT_BETWEEN_LOOKS } from "../room/entry";
import { nextDeadlines } from "../room/lease";
import { World } from "../room/testing/world";
import type { RoomEvent } from "../room/events";
import { transition } from "./machine/transition";
import { INITIAL, type Effect, type MachineEvent, type MachineState } from "./machine/types";

const HOUR = 3_600_000;
const ROUTE_MS = 40;
const WAY_MS = 15;
const { leaseMs: LEASE_MS } = new World().pass("ada");

/** The client's machine and the room's rules, as shipped, on one clock; between them a line that can go silent. */
function idlePair() {
  const world = new World();
  const startedAt = world.now;
  const todo: { at: number; run: () => void }[] = [];
  const later = (ms: number, run: () => void) => todo.push({ at: world.now + ms, run });
  const line = { toRoom: true, toClient: true };
  const closes: { by: "room" | "client"; code?: string; at: number }[] = [];
  const sent: Record<string, number> = {};
  /** Keys that were written, by the event that wrote them. */
  const writes: [RoomEvent["type"], string][] = [];
  let state: MachineState = INITIAL;
  /** Set while the page's process stands still: it says nothing and notices nothing. */
  let isFrozen = false;

  const ask = (event: RoomEvent) => {
    const result = world.decide(event);
    const keys = [...result.writes.put.keys(), ...result.writes.delete];
    writes.push(...keys.map((key): [RoomEvent["type"], string] => [event.type, key]));
    world.accept(result);
    for (const effect of result.effects) {
      if (effect.type === "send") for (const frame of effect.frames) tell(frame);
      if (effect.type !== "close") continue;
      const { code, reason } = effect;
      closes.push({ by: "room", code: `${code} ${reason}`, at: world.now - startedAt });
      const socket = state.socket as number;
      later(WAY_MS, () => hear({ type: "closed", socket, code }));
    }
  };
  const tell = (frame: Extract<MachineEvent, { type: "frame" }>["frame"]) => {
    const { socket } = state;
    if (line.toClient && socket !== null) {
      later(WAY_MS, () => hear({ type: "frame", socket, frame }));
    }
  };
  const hear = (event: MachineEvent) => {
    if (isFrozen) return;
    const step = transition(state, event, { now: world.now, random: () => 0.5 });
    state = step.state;
    for (const effect of step.effects) follow(effect);
  };
  const follow = (effect: Effect) => {
    if (effect.type === "setTimer") {
      const { name, inMs } = effect;
      const due = world.now + inMs;
      later(inMs, () => state.timers[name] === due && hear({ type: "timer", name }));
    } else if (effect.type === "requestToken") {
      const answer = { kind: "token", token: "t" } as const;
      later(ROUTE_MS, () => hear({ type: "token", request: effect.request, answer }));
    } else if (effect.type === "dial") {
      const pass = world.pass("ada");
      later(WAY_MS, () => ask({ type: "join", connection: "ada1", pass, share: 0.5 }));
    } else if (effect.type === "closeSocket") {
      closes.push({ by: "client", at: world.now - startedAt });
    } else if (effect.type === "send") {
      const { frame } = effect;
      sent[frame.type] = (sent[frame.type] ?? 0) + 1;
      if (!line.toRoom) return;
      if (frame.type !== "auth.refresh") {
        return void later(WAY_MS, () => ask({ type: "frame", connection: "ada1", frame }));
      }
      const presented = { ok: true, pass: world.pass("ada") } as const;
      const { id } = frame;
      later(WAY_MS, () => ask({ type: "refresh", connection: "ada1", id, presented, share: 0.5 }));
    }
  };
  hear({ type: "start", offline: false });

  return {
    world,
    line,
    closes,
    sent,
    writes,
    machine: () => state,
    freeze: () => void (isFrozen = true),
    beat: () => ask({ type: "frame", connection: "ada1", frame: { type: "ping" } }),
    /** Lets time pass; the room is woken when it has asked to be, as its alarm does. */
    pass(ms: number): void {
      const end = world.now + ms;
      let rounds = 0;
      for (;;) {
        const { durable, soon } = nextDeadlines(world.state);
        const alarm = Math.min(durable ?? Infinity, soon ?? Infinity);
        todo.sort((a, b) => a.at - b.at);
        const at = Math.min(alarm, todo[0]?.at ?? Infinity);
        if (at > end) break;
        if (++rounds > 100_000) throw new Error("the room wants to be woken without end");
        world.now = Math.max(world.now, at);
        if (alarm <= (todo[0]?.at ?? Infinity)) ask({ type: "tick" });
        else todo.shift()?.run();
      }
      world.now = end;
    },
  };
}

describe("a connection on which nobody says anything", () => {
  it("stays for two hours by heartbeats and renewals alone, and the room keeps nothing of it", () => {
    const pair = idlePair();
    pair.pass(60_000);
    const before = pair.world.stored.size;
    pair.writes.length = 0;
    pair.pass(2 * HOUR);

    expect(pair.closes).toEqual([]);
    expect(pair.machine()).toMatchObject({ name: "connected", dials: 1 });
    expect(pair.world.state.connections.size).toBe(1);
    // Two kinds of frame and no third, each as often as it is due.
    expect(Object.keys(pair.sent).sort()).toEqual(["auth.refresh", "ping"]);
    expect(pair.sent.ping).toBeGreaterThanOrEqual((2 * HOUR) / PING_INTERVAL_MS);
    expect(pair.sent["auth.refresh"]).toBe(Math.floor((2 * HOUR + 60_000) / (LEASE_MS * 0.8)));

    // Heartbeats and time write nothing; a renewal its spent token, clears old ones away now and then, and notes
    // that the person is here still under the key that says so already.
    const kinds = new Set(pair.writes.map(([event, key]) => `${event} ${key.split("/")[0]}`));
    expect([...kinds].sort()).toEqual(["refresh here", "refresh spent"]);
    expect(pair.world.stored.size).toBeLessThanOrEqual(before + SPENT_BETWEEN_LOOKS);
  });

  it("is left by the client within thirty seconds where heartbeats are not answered", () => {
    const pair = idlePair();
    // Between two renewals, so that it is not the answer to one that is missed.
    pair.pass(HOUR + LEASE_MS / 4);
    pair.line.toClient = false;
    pair.pass(PING_INTERVAL_MS + PONG_TIMEOUT_MS);
    expect(pair.closes[0]).toMatchObject({ by: "client" });
    expect(pair.machine().name).not.toBe("connected");
  });

  it("is closed by the room at the end of lease and grace where nothing comes any more", () => {
    const pair = idlePair();
    pair.pass(HOUR);
    const { kept } = [...pair.world.state.connections.values()][0] ?? {};
    const leaseEnds = (kept?.leaseEndsAt ?? 0) - pair.world.now + HOUR;
    pair.freeze();
    pair.pass(leaseEnds - HOUR + pair.world.config.graceMs - 1);
    expect(pair.closes).toEqual([]);
    pair.pass(1);
    expect(pair.closes).toEqual([
      { by: "room", code: "4408 auth_timeout", at: leaseEnds + pair.world.config.graceMs },
    ]);
    expect(leaseEnds).toBeLessThanOrEqual(HOUR + LEASE_MS);
    pair.pass(60_000);
    expect(pair.world.state).toMatchObject({ connections: new Map(), people: new Map() });
    expect(nextDeadlines(pair.world.state)).toEqual({ durable: null, soon: null });
  });

  it("is closed by the room as well where heartbeats go on and no renewal comes", () => {
    const pair = idlePair();
    pair.pass(60_000);
    pair.freeze();
    const before = pair.world.now;
    while (pair.closes.length === 0 && pair.world.now < before + HOUR) {
      pair.pass(PING_INTERVAL_MS);
      pair.beat();
    }
    expect(pair.closes).toMatchObject([{ by: "room", code: "4408 auth_timeout" }]);
    expect(pair.closes[0]?.at).toBeLessThanOrEqual(
      LEASE_MS + pair.world.config.graceMs + 2 * WAY_MS + ROUTE_MS,
    );
  });
});
