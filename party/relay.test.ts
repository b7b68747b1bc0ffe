import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PRESENCE_LEAVE_GRACE_MS, ROOM_ID_PATTERN } from "../lib/protocol/limits";
import { objectName, relayOf } from "./placing";
import { FakeConnection, passOf, relayed } from "./testing/relayed";
import { TRUNK_PING_MS, TRUNK_SILENCE_MS } from "./trunk";
import { readDown } from "./trunk-frames";

/** Long enough for any turn under load; nothing else is due by then. */
const A_TURN_MS = 500;
const soon = () => vi.advanceTimersByTimeAsync(A_TURN_MS);
const textsOf = (client: FakeConnection) =>
  client.frames().flatMap((frame) => (frame.type === "chat.message" ? [frame.text] : []));

let world: ReturnType<typeof relayed>;
beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
  world = relayed();
});
afterEach(() => {
  vi.useRealTimers();
});

async function enter(...users: string[]) {
  const clients = [];
  for (const user of users) clients.push(await world.enter(user));
  await soon();
  for (const client of clients) expect(client.frames()[0]?.type).toBe("welcome");
  return clients as [FakeConnection, ...FakeConnection[]];
}
const connections = async () => (await Promise.all([world.room.ask(), soon()]))[0].connections;

describe("a relay", () => {
  it("is told once what all of its people are told, with their own frames in the same batch", async () => {
    const clients = await enter(...Array.from({ length: 50 }, (_, at) => `person-${at}`));
    const [first] = world.trunks;
    const before = first?.end.told.length ?? 0;
    await world.say(clients[0], "hello");
    await soon();
    for (const client of clients) expect(textsOf(client)).toEqual(["hello"]);
    expect(clients[0].frames().map(({ type }) => type)).toContain("ack");
    expect(world.trunks).toHaveLength(1);
    const batches = first?.end.told.slice(before) ?? [];
    expect(batches).toHaveLength(1);
    const delivered = readDown(batches[0])?.map((one) =>
      one.type === "deliver" ? one.to.length : 0,
    );
    expect(delivered?.toSorted((a, b) => a - b)).toEqual([1, 50]);
  });

  it("closes everybody 1012 when its trunk ends, and has another for who comes back", async () => {
    const [ada, bo] = await enter("ada", "bo");
    world.trunks[0]?.end.close(1006);
    await vi.advanceTimersByTimeAsync(0);
    expect([ada.closing, bo?.closing]).toEqual([
      [1012, "restart"],
      [1012, "restart"],
    ]);
    const [back] = await enter("ada");
    expect(world.trunks).toHaveLength(2);
    await world.say(back, "back");
    await soon();
    expect(textsOf(back)).toEqual(["back"]);
  });

  it("that dies leaves its people connected no more, and gone only after the grace", async () => {
    const cy = new FakeConnection(crypto.randomUUID());
    await world.room.open(cy, { room: "general", pass: passOf("cy") });
    await enter("ada", "bo");
    const left = () =>
      cy.frames().flatMap((frame) => (frame.type === "presence.diff" ? frame.left : []));
    const [trunk] = world.trunks;
    if (trunk) {
      trunk.isCut = true;
      await Promise.all([world.room.end(trunk.end), soon()]);
    }
    expect(await connections()).toBe(1);
    await vi.advanceTimersByTimeAsync(PRESENCE_LEAVE_GRACE_MS - 5 * A_TURN_MS);
    await Promise.all([world.room.ring(), soon()]);
    expect(left()).toEqual([]);
    await vi.advanceTimersByTimeAsync(5 * A_TURN_MS);
    await Promise.all([world.room.ring(), soon()]);
    expect(left().toSorted()).toEqual(["ada", "bo"]);
  });

  it("closes who comes 1013 while the room cannot be reached, and lets the next in", async () => {
    world.line.isReachable = false;
    const late = await world.enter("late");
    expect(late.frames()).toMatchObject([{ type: "error", code: "unavailable" }]);
    expect(late.closing).toEqual([1013, "try_again_later"]);
    world.line.isReachable = true;
    await enter("late");
  });

  it("hangs up when nobody is left, after what they said last", async () => {
    const [ada, bo] = await enter("ada", "bo");
    await world.relay.end(bo as FakeConnection);
    await soon();
    void world.say(ada, "last words");
    void world.relay.end(ada);
    await soon();
    expect(world.trunks[0]?.end.readyState).toBe(3);
    expect(await connections()).toBe(0);
    const { messages } = (await Promise.all([world.room.ask("/messages"), soon()]))[0];
    expect(messages).toMatchObject([{ text: "last words" }]);
  });

  it("that wakes and knows nobody closes the sockets that it finds 1012, and passes nothing on", async () => {
    const [ada, bo] = await enter("ada", "bo");
    world.relay.forget();
    await world.say(bo as FakeConnection, "lost");
    await soon();
    expect([ada.closing, bo?.closing]).toEqual([
      [1012, "restart"],
      [1012, "restart"],
    ]);
    expect(console.error).not.toHaveBeenCalled();
    await world.relay.end(ada);
    expect(console.error).not.toHaveBeenCalled();
  });
});

describe("a room behind relays", () => {
  it("that wakes and knows nobody closes the trunks that it finds 1012, and who was behind comes back", async () => {
    const [ada] = await enter("ada");
    world.room.forget();
    expect(await connections()).toBe(0);
    expect(world.trunks[0]?.end.closing).toEqual([1012, "restart"]);
    expect(ada.closing).toEqual([1012, "restart"]);
    await enter("ada");
    expect(await connections()).toBe(1);
  });

  it("closes a trunk over which something else comes than a relay says", async () => {
    const [ada] = await enter("ada");
    const [trunk] = world.trunks;
    if (trunk) await world.room.hear(trunk.end, '{"type":"chat.send","id":"x","text":"x"}');
    await soon();
    expect(trunk?.end.closing?.[0]).toBe(1002);
    expect(ada.closing).toEqual([1012, "restart"]);
    expect(await connections()).toBe(0);
  });

  it("holds who comes past the relays too", async () => {
    const [ada] = await enter("ada");
    const direct = new FakeConnection(crypto.randomUUID());
    await world.room.open(direct, { room: "general", pass: passOf("bo") });
    await soon();
    await world.say(ada, "hello");
    await soon();
    expect(textsOf(direct)).toEqual(["hello"]);
    expect(await connections()).toBe(2);
  });
});

describe("a trunk", () => {
  it("that says nothing for too long is given up at both ends", async () => {
    const [ada] = await enter("ada");
    await vi.advanceTimersByTimeAsync(3 * TRUNK_SILENCE_MS);
    expect(ada.closing, "it is heard all the time").toBeNull();
    const [trunk] = world.trunks;
    if (trunk) trunk.isCut = true;
    await vi.advanceTimersByTimeAsync(TRUNK_SILENCE_MS + 2 * TRUNK_PING_MS);
    expect(ada.closing).toEqual([1012, "restart"]);
    expect(await connections()).toBe(0);
  });

  it("keeps neither end awake when nobody is behind it", async () => {
    const [ada] = await enter("ada");
    await world.relay.end(ada);
    await soon();
    // What is left are the room's own: the end of a grace.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("which relay", () => {
  it("is the same for one person, and spreads people evenly", () => {
    const counts = Array.from({ length: 4 }, () => 0);
    for (let at = 0; at < 4_000; at++) {
      const relay = relayOf(`user_${at}`, 4);
      expect(relayOf(`user_${at}`, 4)).toBe(relay);
      counts[relay] = (counts[relay] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it("has a name that no room has", () => {
    expect(objectName({ room: "general", relay: 0 })).toBe("general~0");
    expect(ROOM_ID_PATTERN.test("general~0")).toBe(false);
    expect(objectName({ room: "general" })).toBe("general");
  });
});
