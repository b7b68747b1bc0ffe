import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
/** Each test has a room of its own. */
let room = "";
let rooms = 0;
beforeAll(async () => {
  party = await startTestParty();
});
beforeEach(() => {
  room = `room-${++rooms}`;
});
afterAll(() => party.stop());

const enter = (user: string, options = {}, query = "") =>
  party.enter(user, { room, ...options }, query);
const say = async (client: Client, id: string, text = id) => {
  client.send({ type: "chat.send", id, text });
  return client.next("ack", (ack) => ack.id === id);
};

describe("what is no frame", () => {
  it("closes 1003 for bytes", async () => {
    const { client } = await enter("ada");
    client.send(Buffer.from([1]));
    expect(await client.closed).toEqual({ code: 1003, reason: "unsupported_data" });
  });

  it("closes 1009 for a frame over 16 KiB, with an error first", async () => {
    const { client } = await enter("ada");
    client.send("x".repeat(16_385));
    expect(await client.next("error")).toMatchObject({ code: "too_large" });
    expect(await client.closed).toEqual({ code: 1009, reason: "message_too_big" });
  });

  it("answers junk, and closes 4400 when it does not stop", async () => {
    const { client } = await enter("ada");
    const junk = ["", "{", "[]", "null", '"x"', '{"type":"nope"}', '{"type":"__proto__"}', "[[[["];
    for (const text of junk) client.send(text);
    await client.caughtUp();
    expect(client.of("error").map(({ code }) => code)).toEqual(junk.map(() => "bad_request"));
    for (let i = 0; i < 20; i++) client.send('{"type":"chat.send","id":"named"}');
    expect(await client.next("error", ({ id }) => id === "named")).toMatchObject({
      code: "bad_request",
    });
    expect(await client.closed).toEqual({ code: 4400, reason: "bad_request" });
  });

  it("holds a flood to the rate, then closes 4429", async () => {
    const { client: ada } = await enter("ada");
    const { client: grace } = await enter("grace");
    for (let i = 0; i < 200; i++) ada.send({ type: "chat.send", id: `f${i}`, text: "x" });
    expect(await ada.closed).toEqual({ code: 4429, reason: "rate_limited" });
    const limited = ada.of("error").filter(({ code }) => code === "rate_limited");
    expect(limited.every(({ retryAfterMs }) => (retryAfterMs ?? 0) > 0)).toBe(true);
    await grace.caughtUp();
    const heard = grace.of("chat.message").length;
    expect(heard).toBeGreaterThanOrEqual(20);
    expect(heard).toBeLessThan(40);
    expect(ada.of("ack")).toHaveLength(heard);
  });
});

describe("moderation", () => {
  it("is refused to members", async () => {
    const [ada] = [(await enter("ada")).client, await enter("grace")];
    ada.send({ type: "mod.kick", id: "k", user: "grace" });
    expect(await ada.next("error")).toMatchObject({ id: "k", code: "forbidden" });
  });

  it("kicks every connection of a person for a while", async () => {
    const { client: mod } = await enter("mod", { role: "moderator" });
    const tabs = [(await enter("grace")).client, (await enter("grace")).client];
    mod.send({ type: "mod.kick", id: "k", user: "grace", seconds: 30 });
    expect(await mod.next("ack")).toMatchObject({ id: "k" });
    for (const tab of tabs) {
      expect(await tab.next("error")).toMatchObject({ code: "forbidden", retryAfterMs: 30_000 });
      expect(await tab.closed).toEqual({ code: 4423, reason: "kicked" });
    }
    await mod.next("presence.diff", ({ left }) => left.includes("grace"));
    const back = party.dial(await party.mint("grace", { room }), room);
    expect(await back.closed).toEqual({ code: 4423, reason: "kicked" });
  });

  it("bans, mutes, and takes both back", async () => {
    const { client: owner } = await enter("owner", { role: "owner" });
    const { client: grace } = await enter("grace");
    owner.send({ type: "mod.mute", id: "m", user: "grace", seconds: 60 });
    await owner.next("ack");
    grace.send({ type: "chat.send", id: "x", text: "hello" });
    expect(await grace.next("error")).toMatchObject({ id: "x", code: "muted" });
    owner.send({ type: "mod.unmute", id: "u", user: "grace" });
    await owner.next("ack");
    await say(grace, "y");
    owner.send({ type: "mod.ban", id: "b", user: "grace" });
    expect(await grace.closed).toEqual({ code: 4403, reason: "forbidden" });
    const back = party.dial(await party.mint("grace", { room }), room);
    expect(await back.closed).toEqual({ code: 4403, reason: "forbidden" });
    owner.send({ type: "mod.unban", id: "ub", user: "grace" });
    await owner.next("ack", ({ id }) => id === "ub");
    await enter("grace");
  });
});
