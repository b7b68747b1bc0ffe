import { describe, expect, it } from "vitest";
import { errorFrame } from "../protocol";
import { createWorld, type World } from "./testing/world";
import type { RoomClient } from "./types";

const ME = { me: { id: "ada", name: "Ada" } };
const one = (client: RoomClient, seq = 1) =>
  client.getSnapshot().messages.find((message) => message.seq === seq);
const asked = (world: World) =>
  world.party.heard
    .map(({ frame }) => frame)
    .filter(({ type }) => ["chat.edit", "chat.delete", "chat.react"].includes(type));

async function talk() {
  const world = createWorld();
  world.party.latencyMs = 10;
  world.party.say("ada", "a", "first");
  world.party.say("grace", "b", "second");
  const client = await world.live(ME);
  return { world, client };
}

describe("a change of a message", () => {
  it("is shown at once, marked until the room has stored it, and never flickers", async () => {
    const { world, client } = await talk();
    const seen: (string | undefined)[] = [];
    client.subscribe(() => seen.push(one(client)?.text));
    expect(client.edit(1, " better ")).toEqual({ ok: true });
    expect(one(client)).toMatchObject({ text: "better", changing: "edit" });
    await world.clock.advance(100);
    expect(one(client)).toMatchObject({ text: "better", editedAt: 1_030 });
    expect(one(client)).not.toHaveProperty("changing");
    expect(new Set(seen)).toEqual(new Set(["better"]));
    expect(world.party.stored[0]).toMatchObject({ text: "better" });
  });

  it("that deletes leaves a tombstone that knows who did it", async () => {
    const { world, client } = await talk();
    client.remove(1);
    expect(one(client)).toMatchObject({ deleted: true, text: "", changing: "delete" });
    await world.clock.advance(100);
    expect(one(client)).toMatchObject({ deleted: true, deletedBy: "ada" });
    world.party.change("mod", { type: "chat.delete", id: "x", seq: 2 });
    await world.clock.advance(100);
    expect(one(client, 2)).toMatchObject({ deleted: true, text: "", deletedBy: "mod" });
    expect(client.edit(1, "again")).toEqual({ ok: false, reason: "not_found" });
  });

  it("that reacts counts with what others do meanwhile", async () => {
    const { world, client } = await talk();
    client.react(2, "👍", true);
    world.party.change("grace", { type: "chat.react", id: "g", seq: 2, emoji: "👍", on: true });
    expect(one(client, 2)?.reactions).toEqual({ "👍": ["ada"] });
    await world.clock.advance(100);
    expect(one(client, 2)?.reactions).toEqual({ "👍": ["grace", "ada"] });
    client.react(2, "👍", false);
    expect(one(client, 2)?.reactions).toEqual({ "👍": ["grace"] });
    await world.clock.advance(100);
    expect(world.party.stored[1]?.reactions).toEqual({ "👍": ["grace"] });
  });

  it("that the room refuses is put back, with what was wanted and why", async () => {
    const { world, client } = await talk();
    world.party.intercept = (frame) =>
      frame.type === "chat.edit" ? [errorFrame("muted", { id: frame.id })] : null;
    client.edit(1, "better");
    await world.clock.advance(100);
    const { undone, ...message } = one(client) ?? {};
    expect(message).toMatchObject({ text: "first" });
    expect(undone).toMatchObject({ wish: { kind: "edit", text: "better" }, error: "muted" });
    world.party.intercept = () => null;
    client.retryChange(undone?.id ?? "");
    await world.clock.advance(100);
    expect(one(client)).toMatchObject({ text: "better" });
    expect(one(client)).not.toHaveProperty("undone");
  });

  it("that was refused can be forgotten", async () => {
    const { world, client } = await talk();
    world.party.intercept = (frame) =>
      frame.type === "chat.delete" ? [errorFrame("forbidden", { id: frame.id })] : null;
    client.remove(2);
    await world.clock.advance(100);
    client.dismissChange(one(client, 2)?.undone?.id ?? "");
    expect(one(client, 2)).toEqual(expect.not.objectContaining({ undone: expect.anything() }));
    expect(world.storage.entries.size).toBe(0);
  });

  it("made while the line is down goes out when it is back, in order, once each", async () => {
    const { world, client } = await talk();
    world.party.cut();
    client.edit(1, "one");
    client.edit(1, "two");
    client.react(2, "🎉", true);
    client.react(2, "🎉", false);
    client.react(2, "👍", true);
    expect(one(client)).toMatchObject({ text: "two", changing: "edit" });
    await world.clock.advance(2_000);
    expect(asked(world)).toMatchObject([
      { type: "chat.edit", text: "two" },
      { type: "chat.react", emoji: "🎉", on: false },
      { type: "chat.react", emoji: "👍", on: true },
    ]);
    expect(one(client)).not.toHaveProperty("changing");
  });

  it("whose acknowledgement was lost is asked again, over a drop and over a reload", async () => {
    const { world, client } = await talk();
    client.edit(1, "better");
    await world.clock.advance(10);
    world.party.cut();
    client.stop();
    const next = await world.live(ME);
    expect(one(next)).toMatchObject({ text: "better" });
    await world.clock.advance(1_000);
    expect(asked(world)).toHaveLength(2);
    expect(one(next)).not.toHaveProperty("changing");
    expect(world.storage.entries.size).toBe(0);
  });

  it("is not made in a history that began anew", async () => {
    const { world, client } = await talk();
    world.party.cut();
    client.edit(1, "better");
    world.party.stored.length = 0;
    world.party.epoch = "e2";
    world.party.say("ada", "new", "another first");
    await world.clock.advance(2_000);
    expect(one(client)).toMatchObject({ text: "another first" });
    expect(asked(world)).toEqual([]);
  });

  it("of a message that somebody deleted meanwhile keeps the words", async () => {
    const { world, client } = await talk();
    world.party.cut();
    client.edit(1, "better");
    client.react(1, "👍", true);
    world.party.change("mod", { type: "chat.delete", id: "x", seq: 1 });
    await world.clock.advance(2_000);
    client.stop();
    const next = await world.live(ME);
    expect(one(next)).toMatchObject({
      deleted: true,
      undone: { wish: { text: "better" }, error: "not_found" },
    });
  });

  it("is asked again after a refusal that passes, and does not lose its place", async () => {
    const { world, client } = await talk();
    let busy = 2;
    world.party.intercept = (frame) =>
      frame.type === "chat.edit" && busy-- > 0
        ? [errorFrame("rate_limited", { id: frame.id, retryAfterMs: 200 })]
        : null;
    client.edit(1, "better");
    client.react(1, "👍", true);
    await world.clock.advance(5_000);
    expect(asked(world).map(({ type }) => type)).toEqual([
      ...["chat.edit", "chat.edit", "chat.edit", "chat.react"],
    ]);
    expect(world.party.stored[0]).toMatchObject({ text: "better", reactions: { "👍": ["ada"] } });
  });

  it("is another person's business: nobody meets the wishes of who sat here before", async () => {
    const { world, client } = await talk();
    world.party.cut();
    client.edit(1, "better");
    client.stop();
    world.route.user = "grace";
    const next = await world.live({ me: { id: "grace", name: "Grace" } });
    await world.clock.advance(1_000);
    expect(one(next)).toMatchObject({ text: "first" });
    expect(asked(world)).toEqual([]);
  });

  it("leaves every other message the same object", async () => {
    const { world, client } = await talk();
    const before = one(client, 2);
    client.edit(1, "better");
    const edited = one(client, 1);
    world.party.say("grace", "c", "third");
    await world.clock.advance(10);
    expect(one(client, 2)).toBe(before);
    expect(one(client, 1)).toBe(edited);
  });
});

describe("what others change while one is away", () => {
  const change = (world: World) => {
    world.party.change("grace", { type: "chat.edit", id: "e", seq: 2, text: "new words" });
    world.party.change("mod", { type: "chat.delete", id: "d", seq: 1 });
  };
  const changed = [{ deleted: true, deletedBy: "mod" }, { text: "new words" }];

  it("is there after a drop, and what did not change stays the same object", async () => {
    const { world, client } = await talk();
    world.party.say("grace", "c", "third");
    await world.clock.advance(10);
    const third = one(client, 3);
    world.party.cut();
    change(world);
    world.party.say("grace", "d", "fourth");
    await world.clock.advance(2_000);
    expect(client.getSnapshot().messages).toMatchObject([...changed, {}, { text: "fourth" }]);
    expect(one(client, 3)).toBe(third);
  });

  it("is told once: a second drop asks for what came after", async () => {
    const { world, client } = await talk();
    world.party.change("grace", { type: "chat.edit", id: "e", seq: 2, text: "live" });
    await world.clock.advance(10);
    world.party.cut();
    await world.clock.advance(2_000);
    change(world);
    await world.clock.advance(10);
    world.party.cut();
    await world.clock.advance(2_000);
    expect(world.party.dials.slice(1).map(({ resume }) => resume)).toEqual([
      { epoch: "e1", after: 2, rev: 1 },
      { epoch: "e1", after: 2, rev: 3 },
    ]);
    expect(client.getSnapshot().messages).toMatchObject(changed);
  });

  it("is there after a lease that ended and was renewed in the grace", async () => {
    const { world, client } = await talk();
    world.route.answer = () => ({ status: 503 });
    await world.clock.advance(world.party.leaseMs + 1_000);
    expect(client.getSnapshot().connection.phase).toBe("grace");
    change(world);
    expect(client.getSnapshot().messages).toMatchObject([{ text: "first" }, { text: "second" }]);
    world.route.answer = () => "ok";
    await world.clock.advance(20_000);
    expect(world.party.dials).toHaveLength(1);
    expect(client.getSnapshot().messages).toMatchObject(changed);
  });

  it("does not bring in messages that the reader has not loaded", async () => {
    const world = createWorld();
    for (let n = 0; n < 60; n++) world.party.say("grace", `m${n}`, `m${n}`);
    const client = await world.live(ME);
    world.party.cut();
    change(world);
    await world.clock.advance(2_000);
    expect(client.getSnapshot().messages[0]?.seq).toBe(11);
  });
});

describe("an answer", () => {
  it("keeps what it answers while it waits, over a reload, and once it is stored", async () => {
    const { world, client } = await talk();
    world.party.cut();
    world.party.down = true;
    client.send("reply", { replyTo: 2 });
    expect(client.getSnapshot().messages.at(-1)).toMatchObject({ state: "pending", replyTo: 2 });
    client.stop();
    const next = world.client(ME);
    next.start();
    expect(next.getSnapshot().messages.at(-1)).toMatchObject({ state: "pending", replyTo: 2 });
    world.party.down = false;
    await world.clock.advance(40_000);
    expect(next.getSnapshot().messages.at(-1)).toMatchObject({ state: "sent", replyTo: 2 });
    expect(world.party.stored.at(-1)).toMatchObject({ text: "reply", replyTo: 2 });
  });

  it("answers nothing in a history that began anew, and is sent all the same", async () => {
    const { world, client } = await talk();
    world.party.cut();
    client.send("reply", { replyTo: 2 });
    world.party.stored.length = 0;
    world.party.epoch = "e2";
    world.party.say("grace", "x", "other");
    world.party.say("grace", "y", "other");
    await world.clock.advance(2_000);
    expect(world.party.stored.at(-1)).toMatchObject({ text: "reply" });
    expect(world.party.stored.at(-1)).not.toHaveProperty("replyTo");
  });
});
