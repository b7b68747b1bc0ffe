import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MAX_HISTORY_LIMIT, MAX_TEXT_CHARACTERS } from "../lib/protocol/limits";
import { relayOf } from "./placing";
import type { Client, Refused } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

const RELAYS = 3;
/** Each at a relay of their own. */
const [ADA, BO, CY] = ["ada", "bo", "dee"] as const;

let party: TestParty;
let room = "";
let rooms = 0;
beforeAll(async () => {
  party = await startTestParty(
    {
      ROOM_RELAYS: String(RELAYS),
      PARTY_GRACE_SECONDS: "1",
      LIMIT_CONNECTIONS_PER_ROOM: "6",
      LIMIT_CONNECTIONS_PER_PERSON: "3",
      LIMIT_MESSAGES_PER_SECOND: "1000",
    },
    { persist: true },
  );
});
beforeEach(() => {
  room = `room-${++rooms}`;
});
afterAll(() => party.stop());

const say = (client: Client, ...ids: string[]) => {
  for (const id of ids) client.send({ type: "chat.send", id, text: id });
};
const textsOf = (client: Client) => client.of("chat.message").map(({ seq, text }) => [seq, text]);
/** Which relays had a trunk to this room, by the log. */
const relaysOf = (name: string) =>
  party.lines
    .filter((line) => line.includes('"event":"trunk_opened"') && line.includes(`"room":"${name}"`))
    .map((line) => Number(/"relay":(\d+)/.exec(line)?.[1]))
    .sort();

it("the three of these tests are at three relays", () => {
  expect(new Set([ADA, BO, CY].map((user) => relayOf(user, RELAYS))).size).toBe(RELAYS);
});

describe("people at different relays", () => {
  it("see each other, talk in one order, and each id is one message", async () => {
    const { client: ada } = await party.enter(ADA, { room });
    const { client: bo, welcome } = await party.enter(BO, { room });
    const { client: cy } = await party.enter(CY, { room });
    expect(welcome.presence.map(({ id }) => id).sort()).toEqual([ADA, BO]);
    await ada.next("presence.diff", ({ joined }) => joined.some(({ id }) => id === CY));
    const ids = Array.from({ length: 20 }, (_, at) => `${at}`);
    say(ada, ...ids.map((id) => `a${id}`));
    say(bo, ...ids.map((id) => `b${id}`), "b0");
    say(cy, ...ids.map((id) => `c${id}`));
    for (const one of [ada, bo, cy]) await one.next("chat.message", ({ seq }) => seq === 60);
    await bo.caughtUp();
    expect(textsOf(ada).map(([seq]) => seq)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(textsOf(bo)).toEqual(textsOf(ada));
    expect(textsOf(cy)).toEqual(textsOf(ada));
    expect(relaysOf(room)).toEqual([0, 1, 2]);
  });

  it("are shown as gone when their socket is", async () => {
    const { client: ada } = await party.enter(ADA, { room });
    const { client: bo } = await party.enter(BO, { room });
    bo.send({ type: "typing.set", on: true });
    await ada.next("typing", ({ users }) => users.some(({ id }) => id === BO));
    await bo.leave();
    await ada.next("typing", ({ users }) => users.length === 0);
    const look = async () =>
      ((await party.http("GET", `/parties/main/${room}`)).body as { connections: number })
        .connections;
    await expect.poll(look).toBe(1);
  });

  it("enter once with a token, wherever it is presented", async () => {
    const token = await party.mint(ADA, { room });
    await party.dial(token, room).next("welcome");
    const again = party.dial(token, room);
    expect(await again.next("error")).toMatchObject({ code: "token_spent" });
    expect(await again.closed).toEqual({ code: 4409, reason: "token_spent" });
  });

  it("have the tabs of one at one relay, as many as the room allows", async () => {
    const tabs: Client[] = [];
    for (let at = 0; at < 4; at++) tabs.push((await party.enter(ADA, { room })).client);
    expect((await tabs[0]?.closed)?.code).toBe(4411);
    expect(relaysOf(room)).toEqual([relayOf(ADA, RELAYS)]);
  });

  it("fill a room together, and the next is sent away until there is room again", async () => {
    const clients: Client[] = [];
    for (const user of ["a", "b", "c", "d", "e", "f"]) {
      clients.push((await party.enter(user, { room })).client);
    }
    const late = party.dial(await party.mint("late", { room }), room);
    expect(await late.next("error")).toMatchObject({ code: "unavailable" });
    expect(await late.closed).toEqual({ code: 1013, reason: "try_again_later" });
    await clients[0]?.leave();
    await clients[1]?.caughtUp();
    const enter = async () => {
      const client = party.dial(await party.mint("late", { room }), room);
      return client.next("welcome").then(
        () => true,
        () => false,
      );
    };
    await expect.poll(enter).toBe(true);
  });
});

describe("what the room decides reaches the client's socket through the relay", () => {
  it("a kick closes 4423, and a new token opens nothing while it lasts", async () => {
    const { client: ada } = await party.enter(ADA, { room, role: "owner" });
    const { client: bo } = await party.enter(BO, { room });
    ada.send({ type: "mod.kick", id: "k", user: BO, seconds: 60, reason: "enough" });
    expect((await bo.closed).code).toBe(4423);
    const back = party.dial(await party.mint(BO, { room }), room);
    expect((await back.closed).code).toBe(4423);
    await ada.caughtUp();
  });

  it("a lease that nobody renews warns, ends and closes 4408", async () => {
    const { client: ada } = await party.enter(ADA, { room, lease: 1 });
    await ada.next("auth.expiring");
    await ada.next("auth.expired");
    say(ada, "late");
    expect(await ada.next("error")).toMatchObject({ id: "late", code: "auth_expired" });
    expect(await ada.closed).toEqual({ code: 4408, reason: "auth_timeout" });
  });

  it("a lease is renewed on the same socket", async () => {
    const { client: ada } = await party.enter(ADA, { room, lease: 1 });
    const token = await party.mint(ADA, { room, use: "refresh", lease: 300 });
    ada.send({ type: "auth.refresh", id: "r", token });
    expect(await ada.next("auth.refreshed")).toMatchObject({ id: "r", leaseMs: 300_000 });
    ada.send({ type: "auth.refresh", id: "again", token });
    expect(await ada.next("error")).toMatchObject({ id: "again", code: "token_spent" });
    say(ada, "on");
    await ada.next("ack");
  });

  it("a revocation over HTTP closes 4410 at whatever relay, and nobody else", async () => {
    const { client: ada } = await party.enter(ADA, { room });
    const { client: bo } = await party.enter(BO, { room });
    const { body } = await party.http("POST", `/parties/main/${room}/revoke`, {
      sid: `session-of-${BO}`,
    });
    expect(body).toMatchObject({ closed: 1 });
    await bo.next("auth.revoked");
    expect((await bo.closed).code).toBe(4410);
    await ada.caughtUp();
  });

  it("a drain closes 4503, each with a time of their own", async () => {
    const { client: ada } = await party.enter(ADA, { room });
    const { client: bo } = await party.enter(BO, { room });
    await party.http("POST", `/parties/main/${room}/drain`);
    const waits = [await ada.next("drain"), await bo.next("drain")].map((one) => one.retryInMs);
    expect(new Set(waits).size).toBe(2);
    expect([(await ada.closed).code, (await bo.closed).code]).toEqual([4503, 4503]);
  });

  it("a page of more than a mebibyte comes whole, and the trunk holds", async () => {
    const { client: ada } = await party.enter(ADA, { room });
    const text = "字".repeat(MAX_TEXT_CHARACTERS);
    for (let at = 1; at <= MAX_HISTORY_LIMIT; at++) {
      ada.send({ type: "chat.send", id: `${at}`, text });
      await ada.next("ack", ({ seq }) => seq === at);
    }
    ada.send({ type: "history.get", id: "h", limit: MAX_HISTORY_LIMIT });
    const { messages } = await ada.next("history");
    expect(messages.map((message) => message.text)).toEqual(Array(MAX_HISTORY_LIMIT).fill(text));
    await ada.caughtUp();
  });

  it("frames that are none are refused as at the room itself: bytes 1003, too much 1009", async () => {
    const { client: ada } = await party.enter(ADA, { room });
    ada.send(Buffer.from([1, 2, 3]));
    expect((await ada.closed).code).toBe(1003);
    const { client: bo } = await party.enter(BO, { room });
    say(bo, "x".repeat(20_000));
    expect(await bo.next("error")).toMatchObject({ code: "too_large" });
    expect((await bo.closed).code).toBe(1009);
  });
});

describe("nobody outside", () => {
  it.each(["general~0", "general%7E0", "general~0/", "general~"])(
    "can name a relay: %s",
    async (name) => {
      const token = await party.mint(ADA);
      const refused = (await party
        .dial(token, name)
        .opened.then(() => null)
        .catch((error: Refused) => error)) as Refused | null;
      expect(refused?.status).toBe(404);
      expect((await party.http("GET", `/parties/main/${name}`)).status).toBe(404);
    },
  );

  it("is a trunk or a relay by saying so", async () => {
    const sealed = encodeURIComponent(JSON.stringify({ room, trunk: true, relay: 0 }));
    const client = party.dial(await party.mint(ADA, { room }), room, "", { "x-guestlist": sealed });
    await client.next("welcome");
    client.send('[{"type":"ping"}]\n');
    expect(await client.next("error")).toMatchObject({ code: "bad_request" });
  });
});

it("room and relays stay awake while anybody is there, however quiet", async () => {
  // The engines put an object to sleep that heard nothing for ten seconds.
  const { client: ada } = await party.enter(ADA, { room, lease: 13 });
  const { client: bo } = await party.enter(BO, { room });
  const woken = () =>
    party.lines.filter((line) => line.includes("room_woke") && line.includes(`"${room}"`)).length;
  await ada.next("auth.expiring").catch(() => ada.next("auth.expiring"));
  await ada.next("auth.expired");
  say(bo, "still here");
  await bo.next("chat.message");
  expect(woken()).toBe(1);
});

it("a party that is killed has everybody back, with what they missed and nothing twice", async () => {
  const { client: ada, welcome } = await party.enter(ADA, { room });
  const { client: bo } = await party.enter(BO, { room });
  say(ada, "one", "two");
  await ada.next("ack", ({ id }) => id === "two");
  await bo.next("chat.message", ({ seq }) => seq === 1);
  await party.kill();
  await Promise.all([ada.closed, bo.closed]);
  await party.restart();
  const query = `&epoch=${welcome.epoch}&after=1`;
  const back = await party.enter(BO, { room }, query);
  expect(back.welcome.recovered).toBe(true);
  expect(back.welcome.messages.map(({ text }) => text)).toEqual(["two"]);
  const { client: again } = await party.enter(ADA, { room }, `&epoch=${welcome.epoch}&after=2`);
  say(again, "two", "three");
  expect(await again.next("ack", ({ id }) => id === "two")).toMatchObject({ seq: 2 });
  await back.client.next("chat.message", ({ text }) => text === "three");
});
