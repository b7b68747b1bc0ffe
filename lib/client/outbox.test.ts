import { describe, expect, it } from "vitest";
import { errorFrame, OUTBOX_MESSAGES } from "../protocol";
import { createWorld } from "./testing/world";
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

  it("keeps the key it was written under, also from before the first welcome", async () => {
    const world = createWorld();
    const client = world.client();
    const early = client.send("early");
    client.start();
    await world.clock.advance(1_000);
    expect(early).toEqual({ ok: true, key: client.getSnapshot().messages[0]?.key });
    world.party.cut();
    await world.clock.advance(1_000);
    expect(early).toEqual({ ok: true, key: client.getSnapshot().messages[0]?.key });
  });

  it("is not taken for stored because another person used the same id", async () => {
    const world = createWorld();
    world.deps.newId = () => "same";
    const client = await world.live();
    world.party.cut();
    client.send("Ada's");
    world.party.say("grace", "same", "Grace's");
    await world.clock.advance(1_000);
    expect(texts(client)).toEqual(["Grace's sent", "Ada's sent"]);
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

  it("refused for its rate again and again is still not given up", async () => {
    const world = createWorld();
    const client = await world.live();
    let refusals = 12;
    world.party.intercept = (frame) =>
      frame.type === "chat.send" && refusals-- > 0
        ? [errorFrame("rate_limited", { id: frame.id, retryAfterMs: 100 })]
        : null;
    client.send("hello");
    await world.clock.advance(3_000);
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
