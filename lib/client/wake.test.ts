import { describe, expect, it } from "vitest";
import { createWorld } from "./testing/world";
import type { RoomClient } from "./types";

const connection = (client: RoomClient) => client.getSnapshot().connection;

describe("a sleep", () => {
  it("within the lease is followed by one quick question", async () => {
    const world = createWorld();
    const client = await world.live();
    await world.clock.sleep(100_000);
    await world.clock.advance(1);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1 });
    expect(world.party.heard.map((one) => one.frame.type)).toEqual(["ping"]);
  });

  it("beyond the grace leads to a new connection without a frame on the old one", async () => {
    const world = createWorld();
    const client = await world.live();
    await world.clock.sleep(600_000);
    await world.clock.advance(1);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2 });
    expect(world.party.heard.filter((one) => one.socket === 1)).toEqual([]);
    expect(world.route.requests.map((request) => request.use)).toEqual(["connect", "connect"]);
  });

  it("with the line cut silently is noticed within 2.5 s of waking", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.silent = true;
    world.page.happen("wake");
    await world.clock.advance(2_499);
    expect(connection(client).phase).toBe("connected");
    world.party.silent = false;
    world.party.peers.forEach((peer) => (peer.open = false));
    await world.clock.advance(1);
    expect(connection(client).phase).toBe("reconnecting");
    await world.clock.advance(500);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2 });
  });

  it("is not proved over by what was waiting in a buffer", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) => (frame.type === "ping" ? [] : null);
    world.page.happen("wake");
    world.party.tell({ type: "typing", users: [] });
    await world.clock.advance(2_500);
    expect(connection(client).phase).toBe("reconnecting");
  });
});

describe("the heartbeat", () => {
  it("asks every 25 s and leaves a socket that is silent for 5 s", async () => {
    const world = createWorld();
    const client = await world.live();
    await world.clock.advance(25_000);
    const pings = () => world.party.heard.filter((one) => one.frame.type === "ping").length;
    expect(pings()).toBe(1);
    await world.clock.advance(25_000);
    expect(pings()).toBe(2);
    world.party.silent = true;
    await world.clock.advance(29_999);
    expect(connection(client).phase).toBe("connected");
    await world.clock.advance(1);
    expect(connection(client).phase).toBe("reconnecting");
  });

  it("asks again where its timer fired after a sleep, instead of judging", async () => {
    const world = createWorld();
    const client = await world.live();
    await world.clock.advance(24_999);
    world.party.latencyMs = 50;
    await world.clock.advance(1);
    await world.clock.sleep(20_000);
    await world.clock.advance(200);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1 });
  });
});

describe("the page around", () => {
  it("pauses attempts without a network and goes on at once with one", async () => {
    const world = createWorld();
    const client = await world.live();
    world.page.happen("offline");
    expect(connection(client)).toMatchObject({ phase: "connected", offline: true });
    world.party.cut();
    await world.clock.advance(300_000);
    expect(connection(client)).toMatchObject({ phase: "suspended", offline: true });
    expect(connection(client).retryAt).toBeUndefined();
    expect(world.route.requests).toHaveLength(1);
    world.page.happen("online");
    await world.clock.advance(0);
    expect(connection(client)).toMatchObject({ phase: "connected", offline: false });
  });

  it("that says it has no network is asked to prove it: a line that is dead is noticed within 2.5 s", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.silent = true;
    world.page.happen("offline");
    await world.clock.advance(2_500);
    expect(connection(client)).toMatchObject({ phase: "reconnecting", offline: true });
    expect(connection(client).retryAt).toBeUndefined();
  });

  it("that says so wrongly costs one question", async () => {
    const world = createWorld();
    const client = await world.live();
    world.page.happen("offline");
    await world.clock.advance(20_000);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 1 });
    expect(world.party.heard.map((one) => one.frame.type)).toEqual(["ping"]);
  });

  it("believes a person who says try now more than the browser", async () => {
    const world = createWorld();
    const client = await world.live();
    world.page.happen("offline");
    world.party.cut();
    client.tryNow();
    await world.clock.advance(0);
    expect(connection(client).phase).toBe("connected");
  });

  it("signed out in another tab closes the socket, signed in again opens one", async () => {
    const world = createWorld();
    const client = await world.live();
    world.page.tell("signed_out");
    expect(connection(client).phase).toBe("signed_out");
    expect(world.party.openSockets()).toEqual([]);
    await world.clock.advance(600_000);
    expect(world.route.requests).toHaveLength(1);
    world.page.tell("signed_in");
    await world.clock.advance(0);
    expect(connection(client).phase).toBe("connected");
  });
});
