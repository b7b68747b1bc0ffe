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

describe("entering", () => {
  it("is answered by a welcome that holds all a client needs", async () => {
    const { client, welcome } = await enter("ada", {
      role: "owner",
      picture: "https://a.example/x.png",
    });
    expect(client.heard[0]).toBe(welcome);
    expect(welcome).toMatchObject({
      protocol: 1,
      user: { id: "ada", name: "Ada", picture: "https://a.example/x.png" },
      role: "owner",
      room: { id: room },
      seq: 0,
      recovered: false,
      leaseMs: 300_000,
      graceMs: 25_000,
      limits: { textCharacters: 4_000, frameBytes: 16_384, messagesPerSecond: 10 },
      presence: [{ id: "ada", status: "active", connections: 1 }],
      messages: [],
      readSeq: 0,
    });
    expect(welcome.refreshInMs).toBeGreaterThanOrEqual(225_000);
    expect(welcome.refreshInMs).toBeLessThanOrEqual(255_000);
    expect(client.unknown).toBe(0);
  });

  it("has room for the longest of everything in the socket's own memory", async () => {
    const { client } = await enter("ada", {
      sub: "u".repeat(64),
      sid: "s".repeat(64),
      name: "🎈".repeat(64),
      picture: `https://${"p".repeat(504)}`,
    });
    await say(client, "fine");
    expect(await client.next("chat.message")).toMatchObject({ user: { name: "🎈".repeat(64) } });
  });

  it("never gives a lease that outlives the login session", async () => {
    const { welcome } = await enter("ada", { sess_exp: Math.floor(Date.now() / 1000) + 20 });
    expect(welcome.leaseMs).toBeLessThanOrEqual(20_000);
  });

  it("takes the oldest of ten connections out for the eleventh", async () => {
    const clients: Client[] = [];
    for (let i = 0; i < 11; i++) clients.push((await enter("ada")).client);
    expect(await clients[0]?.closed).toEqual({ code: 4411, reason: "replaced" });
    await clients[1]?.caughtUp();
    await clients[10]?.caughtUp();
  });
});

describe("talking", () => {
  it("acknowledges the sender and reaches everybody, in one order", async () => {
    const [ada, grace] = [(await enter("ada")).client, (await enter("grace")).client];
    const first = await say(ada, "a1", "  hello  ");
    expect(first).toMatchObject({ seq: 1 });
    expect(await say(grace, "g1")).toMatchObject({ seq: 2 });
    for (const client of [ada, grace]) {
      await client.next("chat.message", (m) => m.seq === 2);
      expect(client.of("chat.message").map((m) => [m.seq, m.user.id, m.text])).toEqual([
        [1, "ada", "hello"],
        [2, "grace", "g1"],
      ]);
    }
  });

  it("stores a repeated id once and gives the first answer again; ids are per person", async () => {
    const [ada, again, grace] = [
      (await enter("ada")).client,
      (await enter("ada")).client,
      (await enter("grace")).client,
    ];
    const first = await say(ada, "same");
    for (const client of [ada, again]) {
      client.send({ type: "chat.send", id: "same", text: "another text" });
      expect(await client.next("ack")).toEqual(first);
    }
    expect(await say(grace, "same")).toMatchObject({ seq: 2 });
    await ada.caughtUp();
    expect(ada.of("chat.message").map((m) => m.seq)).toEqual([1, 2]);
  });

  it.each([
    ["blank", " \u200b\u2800 ", "empty_message"],
    ["too long", "x".repeat(4_001), "too_large"],
    ["not well formed", "\ud800", "bad_request"],
  ])("answers a text that is %s by name and lives on", async (_what, text, code) => {
    const { client } = await enter("ada");
    client.send(JSON.stringify({ type: "chat.send", id: "x", text }));
    expect(await client.next("error")).toMatchObject({ id: "x", code });
    expect(await say(client, "fine", "🎈".repeat(4_000).slice(0, 6_000))).toMatchObject({ seq: 1 });
  });

  it("lets readers listen and not speak", async () => {
    const { client } = await enter("eve", { role: "reader" });
    client.send({ type: "chat.send", id: "x", text: "hello" });
    expect(await client.next("error")).toMatchObject({ id: "x", code: "forbidden" });
  });

  it("edits and deletes one's own, and lets moderators delete any", async () => {
    const [ada, grace, mod] = [
      (await enter("ada")).client,
      (await enter("grace")).client,
      (await enter("mod", { role: "moderator" })).client,
    ];
    await say(ada, "one");
    for (const frame of ["chat.edit", "chat.delete"]) {
      grace.send({ type: frame, id: frame, seq: 1, text: "stolen" });
      expect(await grace.next("error")).toMatchObject({ id: frame, code: "forbidden" });
    }
    ada.send({ type: "chat.edit", id: "e", seq: 1, text: "two" });
    expect(await ada.next("ack", (a) => a.id === "e")).toMatchObject({ seq: 1 });
    expect(await grace.next("chat.updated")).toMatchObject({ seq: 1, text: "two" });
    grace.send({ type: "chat.react", id: "r", seq: 1, emoji: "🎉", on: true });
    expect(await ada.next("chat.reactions")).toMatchObject({
      seq: 1,
      reactions: { "🎉": ["grace"] },
    });
    mod.send({ type: "chat.delete", id: "d", seq: 1 });
    expect(await ada.next("chat.deleted")).toMatchObject({ seq: 1, by: "mod" });
    const { welcome } = await enter("linus");
    expect(welcome.messages).toMatchObject([{ seq: 1, text: "", deleted: true }]);
    ada.send({ type: "chat.edit", id: "missing", seq: 9, text: "x" });
    expect(await ada.next("error")).toMatchObject({ id: "missing", code: "not_found" });
  });

  it("shows who types, until they send or fall silent", async () => {
    const [ada, grace] = [(await enter("ada")).client, (await enter("grace")).client];
    ada.send({ type: "typing.set", on: true });
    expect(await grace.next("typing")).toMatchObject({ users: [{ id: "ada", name: "Ada" }] });
    await say(ada, "done");
    expect(await grace.next("typing")).toMatchObject({ users: [] });
    grace.send({ type: "typing.set", on: true });
    await ada.next("typing", ({ users }) => users.length === 1);
    await ada.next("typing", ({ users }) => users.length === 0);
  });
});

describe("history", () => {
  it("comes in pages both ways and says whether there is more", async () => {
    const { client } = await enter("ada");
    for (let i = 1; i <= 15; i++) await say(client, `m${i}`);
    const ask = async (frame: object) => {
      client.send({ type: "history.get", id: "h", limit: 5, ...frame });
      const { messages, hasMore } = await client.next("history");
      return [messages.map((m) => m.seq), hasMore];
    };
    expect(await ask({})).toEqual([[11, 12, 13, 14, 15], true]);
    expect(await ask({ before: 6 })).toEqual([[1, 2, 3, 4, 5], false]);
    expect(await ask({ after: 12 })).toEqual([[13, 14, 15], false]);
    expect(await ask({ after: 3 })).toEqual([[4, 5, 6, 7, 8], true]);
    client.send({ type: "history.get", id: "both", limit: 5, after: 1, before: 9 });
    expect(await client.next("error")).toMatchObject({ id: "both", code: "bad_request" });
  });

  it("gives a returning client exactly what it missed, or says that it cannot", async () => {
    const { client, welcome } = await enter("ada");
    for (let i = 1; i <= 4; i++) await say(client, `m${i}`);
    const back = async (query: string) => {
      const { client: next, welcome: w } = await enter("grace", {}, query);
      await next.leave();
      return [w.recovered, w.messages.map((m) => m.seq)];
    };
    expect(await back(`&epoch=${welcome.epoch}&after=2`)).toEqual([true, [3, 4]]);
    expect(await back(`&epoch=${welcome.epoch}&after=4`)).toEqual([true, []]);
    expect(await back(`&epoch=${welcome.epoch}&after=9`)).toEqual([false, [1, 2, 3, 4]]);
    expect(await back("&epoch=other&after=2")).toEqual([false, [1, 2, 3, 4]]);
    expect(await back(`&epoch=${welcome.epoch}&after=-1`)).toEqual([false, [1, 2, 3, 4]]);
    expect(await back(`&epoch=${welcome.epoch}`)).toEqual([false, [1, 2, 3, 4]]);
  });

  it("remembers how far a person has read, and never less", async () => {
    const { client } = await enter("ada");
    for (let i = 1; i <= 3; i++) await say(client, `m${i}`);
    for (const seq of [2, 1, 99]) client.send({ type: "read.set", seq });
    await client.caughtUp();
    expect((await enter("ada")).welcome.readSeq).toBe(3);
    expect((await enter("grace")).welcome.readSeq).toBe(0);
  });
});

describe("presence", () => {
  it("is one entry per person, however many connections, and one word when the last is gone", async () => {
    const { client: ada } = await enter("ada");
    const { client: tab } = await enter("grace");
    expect(await ada.next("presence.diff")).toMatchObject({
      joined: [{ id: "grace", connections: 1 }],
    });
    const { client: phone, welcome } = await enter("grace");
    expect(welcome.presence.map(({ id }) => id).sort()).toEqual(["ada", "grace"]);
    expect(await ada.next("presence.diff")).toMatchObject({
      updated: [{ id: "grace", connections: 2 }],
    });
    await tab.leave();
    expect(await ada.next("presence.diff")).toMatchObject({
      updated: [{ id: "grace", connections: 1 }],
    });
    phone.terminate();
    // Back within the grace: nobody hears of it.
    const { client: back } = await enter("grace");
    await ada.caughtUp();
    expect(ada.unread.filter(({ type }) => type === "presence.diff")).toEqual([]);
    await back.leave();
    const left = Date.now();
    expect(await ada.next("presence.diff").catch(() => ada.next("presence.diff"))).toMatchObject({
      left: ["grace"],
    });
    expect(Date.now() - left).toBeGreaterThan(9_000);
  });

  it("is active while one connection is", async () => {
    const { client: ada } = await enter("ada");
    const { client: tab } = await enter("grace");
    const { client: phone } = await enter("grace");
    const status = (value: string) =>
      ada.next("presence.diff", ({ updated }) => updated[0]?.status === value);
    tab.send({ type: "presence.set", status: "away" });
    phone.send({ type: "presence.set", status: "away" });
    await status("away");
    tab.send({ type: "presence.set", status: "active" });
    await status("active");
  });
});
