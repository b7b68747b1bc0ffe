import { describe, expect, it } from "vitest";
import { errorFrame } from "../protocol";
import { createWorld, type World } from "./testing/world";
import type { RoomClient } from "./types";

const connection = (client: RoomClient) => client.getSnapshot().connection;
const refreshes = (world: World) =>
  world.party.heard.filter((h) => h.frame.type === "auth.refresh");

describe("a lease", () => {
  it("is renewed over ten lifetimes on one socket with one token each", async () => {
    const world = createWorld();
    world.party.leaseMs = 6_000;
    const client = await world.live();
    const phases = new Set<string>();
    client.subscribe(() => phases.add(connection(client).phase));
    await world.clock.advance(60_000);
    // At 80 % of the lease: 60 000 / 4 800 = 12.5.
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1, refreshes: 12 });
    expect(world.route.requests.map((request) => request.use)).toEqual([
      "connect",
      ...Array<string>(12).fill("refresh"),
    ]);
    expect(world.party.dials).toHaveLength(1);
    expect([...phases]).toEqual(["connected"]);
    expect(world.party.heard.every((one) => one.authorised)).toBe(true);
  });

  it("ends by our clock a little before it ends by the party's, however slow the line", async () => {
    for (const latencyMs of [0, 40, 400]) {
      const world = createWorld();
      world.party.latencyMs = latencyMs;
      const client = await world.live();
      const ours = connection(client).lease?.endsAt ?? Infinity;
      const theirs = world.party.peers[0]?.leaseEndsAt ?? 0;
      expect(theirs - ours).toBeGreaterThanOrEqual(1_000);
      expect(theirs - ours).toBeLessThan(2_000);
    }
  });

  it("is renewed early when the party says that it ends", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.tell({ type: "auth.expiring", inMs: 9_000 });
    world.party.tell({ type: "auth.expiring", inMs: 9_000 });
    await world.clock.advance(0);
    expect(connection(client).refreshes).toBe(1);
    expect(world.route.requests).toHaveLength(2);
  });

  it("shows that it is being renewed", async () => {
    const world = createWorld();
    const client = await world.live();
    world.route.delayMs = 3_000;
    await world.clock.advance(241_000);
    expect(connection(client)).toMatchObject({ phase: "connected", refreshing: true });
    await world.clock.advance(3_000);
    expect(connection(client)).toMatchObject({ phase: "connected", refreshing: false });
  });

  it("outlives a token route that fails for a while, with the socket", async () => {
    const world = createWorld();
    const client = await world.live();
    world.route.answer = (use) => (use === "refresh" ? { status: 500 } : "ok");
    await world.clock.advance(250_000);
    expect(connection(client).phase).toBe("connected");
    world.route.answer = () => "ok";
    await world.clock.advance(20_000);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1, refreshes: 1 });
  });

  it("that ends while the route answers 500 leads to grace, and a refresh leads out of it", async () => {
    const world = createWorld();
    world.party.leaseMs = 6_000;
    const client = await world.live();
    world.route.answer = () => ({ status: 500 });
    await world.clock.advance(6_500);
    expect(connection(client).phase).toBe("grace");
    expect(connection(client).lease).toBeUndefined();
    expect(client.send("waits")).toMatchObject({ ok: true });
    await world.clock.advance(10_000);
    expect(connection(client).phase).toBe("grace");
    expect(world.party.stored).toEqual([]);
    world.route.answer = () => "ok";
    await world.clock.advance(12_000);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1 });
    expect(world.party.stored).toHaveLength(1);
    expect(world.party.heard.filter((h) => !h.authorised).map((h) => h.frame.type)).toEqual([
      "auth.refresh",
    ]);
  });

  it("without a refresh in the grace is replaced by a new connection", async () => {
    const world = createWorld();
    world.party.leaseMs = 6_000;
    world.party.graceMs = 3_000;
    const client = await world.live();
    world.route.answer = (use) => (use === "refresh" ? { status: 500 } : "ok");
    await world.clock.advance(9_500);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2, refreshes: 0 });
  });

  it("ended by the party's word ends at once", async () => {
    const world = createWorld();
    const client = await world.live();
    world.route.answer = () => "hang";
    world.party.tell({ type: "auth.expired", graceMs: 5_000 });
    await world.clock.advance(0);
    expect(connection(client)).toMatchObject({
      phase: "grace",
      graceEndsAt: world.clock.now() + 5_000,
    });
  });

  it("found ended by a refused message is renewed, and the message goes again", async () => {
    const world = createWorld();
    const client = await world.live();
    let refusals = 1;
    world.party.intercept = (frame) =>
      frame.type === "chat.send" && refusals-- > 0
        ? [errorFrame("auth_expired", { id: frame.id })]
        : null;
    client.send("hello");
    await world.clock.advance(100);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1, refreshes: 1 });
    expect(world.party.stored.map((message) => message.text)).toEqual(["hello"]);
  });

  it("whose refresh is refused is tried with another token, three times at the most", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) =>
      frame.type === "auth.refresh" ? [errorFrame("token_spent", { id: frame.id })] : null;
    await world.clock.advance(250_000);
    const tokens = refreshes(world).map(({ frame }) => "token" in frame && frame.token);
    expect(new Set(tokens).size).toBe(3);
    expect(tokens).toHaveLength(3);
    // The third refusal is a verdict: a new connection, with a new token.
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2 });
  });

  it("whose refresh is not answered at all leaves the socket", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) => (frame.type === "auth.refresh" ? [] : null);
    await world.clock.advance(251_000);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2 });
    expect(refreshes(world)).toHaveLength(1);
  });

  it("keeps away from the route for as long as Retry-After says, in grace too", async () => {
    const world = createWorld();
    world.party.leaseMs = 6_000;
    const client = await world.live();
    world.route.answer = () => ({ status: 429, retryAfter: "15" });
    await world.clock.advance(4_800);
    expect(world.route.requests).toHaveLength(2);
    world.page.happen("wake");
    client.tryNow();
    world.party.tell({ type: "auth.expiring", inMs: 500 });
    await world.clock.advance(14_999);
    expect(connection(client).phase).toBe("grace");
    expect(world.route.requests).toHaveLength(2);
    world.route.answer = () => "ok";
    await world.clock.advance(1);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1, refreshes: 1 });
  });
});
