import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorFrame, OUTBOX_MESSAGES } from "../protocol";
import { createMemoryStorage, createWorld } from "./testing/world";
import type { RoomClient } from "./types";

const texts = (client: RoomClient) =>
  client.getSnapshot().messages.map((message) => `${message.text} ${message.state}`);

describe("a message", () => {
  it("is shown at once, and stored once with the same key", async () => {
    const world = createWorld();
    const client = await world.live();
    const result = client.send("  hello  ");
    expect(texts(client)).toEqual(["hello pending"]);
    await world.clock.advance(0);
    const [message] = client.getSnapshot().messages;
    expect(message).toMatchObject({ state: "sent", seq: 1, mine: true, user: { id: "ada" } });
    expect(result).toEqual({ ok: true, key: message?.key });
    expect(world.party.stored).toHaveLength(1);
  });

  it("is refused where it is blank, too long, or more than the outbox holds", () => {
    const client = createWorld().client();
    expect(client.send(" \n\u200b")).toEqual({ ok: false, reason: "empty" });
    expect(client.send("x".repeat(4_001))).toEqual({ ok: false, reason: "too_long" });
    // 4 000 characters that JSON writes as six bytes each fit into no frame.
    expect(client.send(`a${"\u0001".repeat(3_998)}a`)).toEqual({ ok: false, reason: "too_long" });
    for (let n = 0; n < OUTBOX_MESSAGES; n++) expect(client.send(`m${n}`).ok).toBe(true);
    expect(client.send("one more")).toEqual({ ok: false, reason: "outbox_full" });
    expect(client.getSnapshot().messages).toHaveLength(OUTBOX_MESSAGES);
  });

  it("of a hundred written offline leaves in order, within the rate, and nothing before welcome", async () => {
    const world = createWorld();
    world.page.happen("offline");
    const client = await world.live();
    const sent = Array.from({ length: OUTBOX_MESSAGES }, (_, n) => `m${n}`);
    for (const text of sent) client.send(text);
    world.page.happen("online");
    await world.clock.advance(11_000);
    expect(world.party.stored.map((message) => message.text)).toEqual(sent);
    const at = world.party.heard.filter((h) => h.frame.type === "chat.send").map((h) => h.at);
    for (let n = 20; n < at.length; n++) {
      expect((at[n] ?? 0) - (at[n - 20] ?? 0)).toBeGreaterThanOrEqual(0);
      // The party's own bucket: 20 at once, 10 a second after that.
      expect(n - 20).toBeLessThanOrEqual((((at[n] ?? 0) - (at[0] ?? 0)) / 1_000) * 10);
    }
  });

  it("whose ack was lost with the line goes again under its id and is stored once", async () => {
    const world = createWorld();
    world.party.latencyMs = 50;
    const client = await world.live();
    client.send("hello");
    await world.clock.advance(60);
    expect(world.party.stored).toHaveLength(1);
    world.party.cut();
    await world.clock.advance(1_000);
    expect(texts(client)).toEqual(["hello sent"]);
    expect(world.party.stored).toHaveLength(1);
  });

  it("that is not answered at all is sent again", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) => (frame.type === "chat.send" ? [] : null);
    client.send("hello");
    await world.clock.advance(9_999);
    world.party.intercept = () => null;
    await world.clock.advance(1);
    expect(texts(client)).toEqual(["hello sent"]);
  });

  it("refused for its rate waits as long as it is told", async () => {
    const world = createWorld();
    world.party.messagesPerConnection = 0;
    const client = await world.live();
    client.send("hello");
    await world.clock.advance(149);
    expect(texts(client)).toEqual(["hello pending"]);
    await world.clock.advance(1);
    expect(texts(client)).toEqual(["hello sent"]);
  });

  it("refused for good says why, lets others pass, and goes again when asked to", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) =>
      frame.type === "chat.send" && frame.text === "bad"
        ? [errorFrame("muted", { id: frame.id })]
        : null;
    const bad = client.send("bad");
    client.send("good");
    await world.clock.advance(0);
    expect(texts(client)).toEqual(["good sent", "bad failed"]);
    expect(client.getSnapshot().messages[1]?.error).toBe("muted");
    world.party.intercept = () => null;
    if (bad.ok) client.retry(bad.key);
    await world.clock.advance(0);
    expect(texts(client)).toEqual(["good sent", "bad sent"]);
    expect(client.getSnapshot().messages[1]?.error).toBeUndefined();
  });

  it("that the room can never store fails after five tries instead of blocking the others", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) =>
      frame.type === "chat.send" && frame.text === "poison"
        ? [errorFrame("internal", { id: frame.id })]
        : null;
    client.send("poison");
    client.send("good");
    await world.clock.advance(16_000);
    expect(texts(client)).toEqual(["good sent", "poison failed"]);
  });

  it("is forgotten when it is discarded", async () => {
    const world = createWorld();
    const client = world.client();
    const result = client.send("no, wait");
    if (result.ok) client.discard(result.key);
    client.start();
    await world.clock.advance(1_000);
    expect(client.getSnapshot().messages).toEqual([]);
    expect(world.party.stored).toEqual([]);
  });

  it.each([
    [1009, "too_large"],
    [1003, "bad_request"],
  ])("that made the party close %i fails as %s and is not sent again", async (code, error) => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) => {
      if (frame.type !== "chat.send") return null;
      world.party.close(world.party.peers.length, code);
      return [];
    };
    client.send("too much");
    await world.clock.advance(30_000);
    expect(client.getSnapshot().messages).toMatchObject([{ state: "failed", error }]);
    expect(world.party.heard.filter((h) => h.frame.type === "chat.send")).toHaveLength(1);
    expect(client.getSnapshot().connection.phase).toBe("connected");
  });
});

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

  it("written for a page drawn for Ada do not leave where Grace is welcomed", async () => {
    const world = createWorld();
    const client = world.client({ me: { id: "ada", name: "Ada" } });
    client.send("for Ada's eyes");
    expect(client.getSnapshot().messages).toMatchObject([{ user: { id: "ada" }, mine: true }]);
    world.route.user = "grace";
    client.start();
    await world.clock.advance(60_000);
    expect(world.party.stored).toEqual([]);
    expect(client.getSnapshot().messages).toEqual([]);
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

describe("whatever happens to the line", () => {
  const Step = fc.oneof(
    { weight: 4, arbitrary: fc.constant("send" as const) },
    { weight: 3, arbitrary: fc.constant("cut" as const) },
    { weight: 1, arbitrary: fc.constantFrom("route down" as const, "route up" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("wake" as const, "offline" as const, "online" as const),
    },
    { weight: 1, arbitrary: fc.constant("reload" as const) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 30_000 }) },
  );

  it("each message is stored exactly once, in the order of writing, and seen once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 0, max: 120 }),
        fc.constantFrom(6_000, 300_000),
        fc.constantFrom(1, 3, Infinity),
        async (steps, latencyMs, leaseMs, perConnection) => {
          const world = createWorld();
          Object.assign(world.party, { latencyMs, leaseMs, messagesPerConnection: perConnection });
          let client = await world.live();
          const sent: string[] = [];
          for (const step of steps) {
            if (typeof step === "number") await world.clock.advance(step);
            else if (step === "send") {
              sent.push(`m${sent.length}`);
              client.send(sent.at(-1) ?? "");
            } else if (step === "cut") world.party.cut();
            else if (step === "route down") world.route.answer = () => ({ status: 503 });
            else if (step === "route up") world.route.answer = () => "ok";
            else if (step === "reload") {
              // A page knows whom it was drawn for, else what it holds before welcome is lost with it.
              client.stop();
              client = await world.live({ me: { id: "ada", name: "Ada" } });
            } else world.page.happen(step);
          }
          world.route.answer = () => "ok";
          world.page.happen("online");
          client.tryNow();
          await world.clock.advance(90_000);
          expect(world.party.stored.map((message) => message.text)).toEqual(sent);
          expect(texts(client)).toEqual(sent.map((text) => `${text} sent`));
          expect(client.getSnapshot().messages.map((message) => message.seq)).toEqual(
            sent.map((_, n) => n + 1),
          );
          const stray = world.party.heard.filter((one) => !one.authorised);
          expect(stray.every((one) => one.frame.type === "auth.refresh")).toBe(true);
          client.stop();
          await world.clock.advance(1_000);
          expect(world.party.openSockets()).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
