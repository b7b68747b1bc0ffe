import { describe, expect, it } from "vitest";
import { createRoomClient } from "../create";
import { createWorld } from "../testing/world";
import { decodeToken } from "./decode";
import { createProbe } from "./probe";

async function inspected() {
  const world = createWorld();
  const probe = createProbe(world.deps);
  const client = createRoomClient({ room: "general", partyHost: "party.example.com" }, probe.deps);
  client.start();
  await world.clock.advance(0);
  const connection = () => client.getSnapshot().connection;
  const told = () =>
    probe
      .getSnapshot()
      .events.map((event) => event.what)
      .reverse();
  return { world, probe, client, connection, told };
}

describe("the inspector", () => {
  it("tells the way in, and never a token", async () => {
    const { told, world } = await inspected();
    expect(told()).toEqual([
      "token asked for, to connect",
      "token route answers 200",
      "dial",
      "welcome: lease 300000 ms, refresh in 240000 ms",
    ]);
    for (const token of world.route.issued.keys()) expect(told().join()).not.toContain(token);
  });

  it("expires now: the real refresh on the same socket follows", async () => {
    const { probe, connection, told, world } = await inspected();
    probe.expireNow();
    expect(connection().phase).toBe("grace");
    await world.clock.advance(0);
    expect(connection()).toMatchObject({ phase: "connected", dials: 1, refreshes: 1 });
    expect(told()).toContain("auth.refresh sent");
    expect(told().at(-1)).toMatch(/^auth.refreshed: lease/);
  });

  it.each([
    ["401", "signed_out", 0],
    ["429", "grace", 5_000],
    ["500", "grace", 1_000],
    ["hang", "grace", 12_000],
  ] as const)("answers the next request with %s, once", async (answer, phase, ms) => {
    const { probe, connection, world } = await inspected();
    probe.answerNext(answer);
    probe.expireNow();
    await world.clock.advance(0);
    expect(connection().phase).toBe(phase);
    expect(world.route.requests).toHaveLength(1);
    expect(probe.getSnapshot().nextAnswer).toBeNull();
    if (phase === "signed_out") return;
    await world.clock.advance(ms);
    expect(connection()).toMatchObject({ phase: "connected", dials: 1, refreshes: 1 });
  });

  it("drops the socket: a new one comes", async () => {
    const { probe, connection, told, world } = await inspected();
    probe.drop();
    expect(told()).toContain("closed 1006 abnormal");
    await world.clock.advance(1_000);
    expect(connection()).toMatchObject({ phase: "connected", dials: 2 });
    expect(world.party.openSockets()).toHaveLength(1);
  });

  it("spends a token twice: refused as spent, and the next one is new", async () => {
    const { probe, connection, told, world } = await inspected();
    probe.spendTwice();
    await world.clock.advance(1_000);
    expect(told()).toContain("dial, with the token before");
    expect(told()).toContain("closed 4409 token_spent");
    expect(connection()).toMatchObject({ phase: "connected", dials: 2 });
  });

  it("freezes over a lease and its grace, and recovers when thawed", async () => {
    const { probe, connection, world } = await inspected();
    probe.freeze(true);
    world.party.say("grace", "g1", "while away");
    await world.clock.advance(400_000);
    expect(connection()).toMatchObject({ phase: "connected", dials: 1 });
    expect(world.route.requests).toHaveLength(1);
    probe.freeze(false);
    await world.clock.advance(2_500);
    expect(connection()).toMatchObject({ phase: "connected", dials: 2 });
  });

  it("leaves nothing running when the client stops", async () => {
    const { client, world } = await inspected();
    client.stop();
    expect(world.clock.pending()).toBe(0);
    expect(world.page.listeners.size).toBe(0);
  });
});

describe("a token taken apart", () => {
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  it("shows header and claims, and not the signature", () => {
    const token = `${text({ alg: "EdDSA" })}.${text({ name: "Zoë ✿" })}.sig-nature`;
    expect(decodeToken(token)).toEqual({ header: { alg: "EdDSA" }, claims: { name: "Zoë ✿" } });
    expect(JSON.stringify(decodeToken(token))).not.toContain("sig-nature");
  });
  it.each(["", "x", "a.b", "a.b.c.d", "%.%.%"])("is null where it is none: %s", (token) =>
    expect(decodeToken(token)).toBeNull(),
  );
});
