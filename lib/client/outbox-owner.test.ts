import { describe, expect, it } from "vitest";
import { createMemoryStorage, createWorld } from "./testing/world";
import type { RoomClient } from "./types";

const texts = (client: RoomClient) =>
  client.getSnapshot().messages.map((message) => `${message.text} ${message.state}`);

describe("the unsent messages of a person", () => {
  it("outlive a reload, in order and under their ids", async () => {
    const storage = createMemoryStorage();
    const before = createWorld({ storage });
    const old = await before.live();
    before.party.cut();
    before.party.down = true;
    old.send("one");
    old.send("two");
    await before.clock.advance(0);

    const after = createWorld({ storage });
    const client = await after.live();
    await after.clock.advance(1_000);
    expect(after.party.stored.map((message) => message.text)).toEqual(["one", "two"]);
    expect(texts(client)).toEqual(["one sent", "two sent"]);
    expect(storage.entries.size).toBe(0);
  });

  it("never leave as another's, and wait for their own", async () => {
    const storage = createMemoryStorage();
    const world = createWorld({ storage });
    const client = await world.live();
    world.route.answer = () => ({ status: 500 });
    world.party.cut();
    client.send("Ada's secret");
    // Somebody else signs in in another tab: the cookie of this page is theirs now.
    world.route.user = "grace";
    world.route.answer = () => "ok";
    await world.clock.advance(60_000);
    expect(client.getSnapshot().me?.id).toBe("grace");
    expect(texts(client)).toEqual([]);
    client.send("Grace's own");
    await world.clock.advance(0);
    expect(world.party.stored.map((m) => `${m.user.id} ${m.text}`)).toEqual(["grace Grace's own"]);

    world.route.user = "ada";
    world.party.cut();
    await world.clock.advance(60_000);
    expect(world.party.stored.map((m) => `${m.user.id} ${m.text}`)).toEqual([
      "grace Grace's own",
      "ada Ada's secret",
    ]);
    expect(client.getSnapshot().messages.map((m) => m.mine)).toEqual([false, true]);
  });

  it("stay on a page that was drawn for their own, which speaks for nobody else", async () => {
    const world = createWorld();
    const client = await world.live({ me: { id: "ada", name: "Ada" } });
    world.party.down = true;
    world.party.cut();
    client.send("Ada's secret");
    world.route.user = "grace";
    world.party.down = false;
    await world.clock.advance(60_000);
    const { connection, me } = client.getSnapshot();
    expect(connection).toMatchObject({ phase: "failed", stopReason: "other_person" });
    expect(me?.id).toBe("ada");
    expect(texts(client)).toEqual(["Ada's secret pending"]);
    expect(world.party.stored).toEqual([]);

    world.route.user = "ada";
    world.page.tell("signed_in");
    await world.clock.advance(1_000);
    expect(world.party.stored.map((m) => `${m.user.id} ${m.text}`)).toEqual(["ada Ada's secret"]);
    expect(client.getSnapshot().connection.phase).toBe("connected");
  });

  it("do not slip out in the moment before the welcome is read", async () => {
    const world = createWorld();
    const client = await world.live();
    world.route.answer = () => ({ status: 500 });
    world.party.cut();
    client.send("Ada's secret");
    world.route.user = "grace";
    world.route.answer = () => "ok";
    let poked = false;
    client.subscribe(() => {
      if (poked || client.getSnapshot().connection.dials < 2) return;
      poked = true;
      client.send("and another");
    });
    await world.clock.advance(60_000);
    expect(poked).toBe(true);
    expect(world.party.heard.filter((h) => h.frame.type === "chat.send")).toEqual([]);
  });

  it("written for a page drawn for Ada do not leave where Grace is welcomed", async () => {
    const world = createWorld();
    const client = world.client({ me: { id: "ada", name: "Ada" } });
    client.send("for Ada's eyes");
    expect(client.getSnapshot().messages).toMatchObject([{ user: { id: "ada" }, mine: true }]);
    world.route.user = "grace";
    client.start();
    await world.clock.advance(60_000);
    expect(world.party.heard.filter((h) => h.frame.type === "chat.send")).toEqual([]);
    // Still there, under the name of the person the page was drawn for, who sees why they wait.
    expect(client.getSnapshot()).toMatchObject({
      connection: { phase: "failed", stopReason: "other_person" },
      messages: [{ user: { id: "ada" }, state: "pending" }],
    });
  });

  it("are kept in memory where the storage is full, and nothing breaks over what it holds", async () => {
    const storage = createMemoryStorage();
    storage.setItem("guestlist.outbox.1:general:ada", '[{"id":5},"__proto__"]');
    storage.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const world = createWorld({ storage });
    const client = await world.live();
    client.send("hello");
    await world.clock.advance(0);
    expect(texts(client)).toEqual(["hello sent"]);
  });
});
