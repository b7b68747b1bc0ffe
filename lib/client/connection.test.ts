import { describe, expect, it } from "vitest";
import type { RouteAnswer } from "./testing/fake-route";
import { createWorld } from "./testing/world";
import type { RoomClient } from "./types";

const connection = (client: RoomClient) => client.getSnapshot().connection;

describe("the way in", () => {
  it("fetches one token, dials once and is connected", async () => {
    const world = createWorld();
    const client = world.client();
    expect(connection(client).phase).toBe("initialized");
    client.start();
    client.start();
    expect(connection(client).phase).toBe("connecting");
    await world.clock.advance(0);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1, refreshes: 0 });
    expect(world.route.requests).toMatchObject([{ use: "connect", room: "general" }]);
  });

  it("stops without leaving a socket, a request or a timer", async () => {
    const world = createWorld();
    const client = await world.live();
    client.stop();
    client.stop();
    expect(connection(client).phase).toBe("closed");
    expect(world.party.openSockets()).toEqual([]);
    expect(world.clock.pending()).toBe(0);
    expect(world.page.listeners.size + world.page.accounts.size).toBe(0);
  });

  it("aborts the token request when it is left in the middle of it", async () => {
    const world = createWorld();
    world.route.answer = () => "hang";
    const client = await world.live();
    client.stop();
    expect(world.route.requests).toMatchObject([{ aborted: true }]);
    await world.clock.advance(60_000);
    expect(world.party.dials).toEqual([]);
  });

  it("survives fifty mounts and unmounts with one socket", async () => {
    const world = createWorld();
    const client = world.client();
    for (let n = 0; n < 50; n++) {
      client.start();
      if (n % 3 === 0) await world.clock.advance(1);
      client.stop();
    }
    client.start();
    await world.clock.advance(1_000);
    expect(world.party.openSockets()).toHaveLength(1);
    expect(connection(client).phase).toBe("connected");
  });

  it("refuses a room that is no room id before anything is asked", () => {
    const world = createWorld();
    expect(() => world.client({ room: "../../parties/x?token=evil" })).toThrow(TypeError);
  });
});

describe("an answer of the token route", () => {
  const final: [RouteAnswer, string, string | undefined][] = [
    [{ status: 401 }, "signed_out", undefined],
    [{ status: 403 }, "failed", "forbidden"],
    [{ status: 404 }, "failed", "no_such_room"],
    [{ status: 400 }, "failed", "misconfigured"],
    [{ status: 405 }, "failed", "misconfigured"],
    [{ status: 413 }, "failed", "misconfigured"],
    [{ status: 415 }, "failed", "misconfigured"],
  ];
  it.each(final)("%o on connect ends as %s %s after one request", async (answer, phase, reason) => {
    const world = createWorld();
    world.route.answer = () => answer;
    const client = await world.live();
    await world.clock.advance(600_000);
    expect(connection(client).phase).toBe(phase);
    expect(connection(client).stopReason).toBe(reason);
    expect(world.route.requests).toHaveLength(1);
    world.route.answer = () => "ok";
    client.tryNow();
    await world.clock.advance(1);
    expect(connection(client).phase).toBe("connected");
  });

  it.each(final)("%o on refresh ends an open socket as %s %s", async (answer, phase, reason) => {
    const world = createWorld();
    const client = await world.live();
    world.route.answer = () => answer;
    await world.clock.advance(300_000);
    expect(connection(client).phase).toBe(phase);
    expect(connection(client).stopReason).toBe(reason);
    expect(world.party.openSockets()).toEqual([]);
    expect(world.route.requests).toHaveLength(2);
  });

  it.each<RouteAnswer>([
    { status: 429 },
    { status: 500 },
    { status: 503 },
    { status: 200, body: { token: "" } },
    { status: 200, body: "<html>" },
    { status: 418 },
    { status: 401, body: "<html>" },
    { status: 403, body: {} },
    { status: 404, body: "<html>" },
    "network",
    "hang",
  ])("%o is tried again, and is never taken for signed out", async (answer) => {
    const world = createWorld();
    world.route.answer = () => answer;
    const client = await world.live();
    await world.clock.advance(60_000);
    expect(connection(client).phase).toBe("reconnecting");
    expect(world.route.requests.length).toBeGreaterThan(2);
    await world.clock.advance(70_000);
    expect(connection(client).phase).toBe("suspended");
    world.route.answer = () => "ok";
    await world.clock.advance(31_000);
    expect(connection(client).phase).toBe("connected");
  });

  it("with Retry-After keeps everything away from the route until then", async () => {
    const world = createWorld();
    world.route.answer = () => ({ status: 429, retryAfter: "20" });
    const client = await world.live();
    const { retryAt } = connection(client);
    expect(retryAt).toBe(world.clock.now() + 20_000);
    client.tryNow();
    world.page.happen("online");
    world.page.happen("wake");
    client.stop();
    client.start();
    await world.clock.advance(19_999);
    expect(world.route.requests).toHaveLength(1);
    world.route.answer = () => "ok";
    await world.clock.advance(1);
    expect(world.route.requests).toHaveLength(2);
    expect(connection(client).phase).toBe("connected");
  });

  it("that never comes is given up after ten seconds", async () => {
    const world = createWorld();
    world.route.answer = () => "hang";
    await world.live();
    await world.clock.advance(9_999);
    expect(world.route.requests).toMatchObject([{ aborted: false }]);
    await world.clock.advance(1);
    expect(world.route.requests[0]).toMatchObject({ aborted: true });
  });
});
