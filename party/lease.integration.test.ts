import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
let room = "";
let rooms = 0;
beforeAll(async () => {
  party = await startTestParty({
    PARTY_GRACE_SECONDS: "2",
    LIMIT_CONNECTIONS_PER_ROOM: "6",
    LIMIT_CONNECTIONS_PER_PERSON: "4",
  });
});
beforeEach(() => {
  room = `room-${++rooms}`;
});
afterAll(() => party.stop());

const renew = async (client: Client, user: string, options = {}, id = "r") => {
  const token = await party.mint(user, { room, use: "refresh", ...options });
  client.send({ type: "auth.refresh", id, token });
};

describe("a lease", () => {
  it("warns, ends, lets nothing in or out, and closes 4408 after the grace", async () => {
    const { client: ada, welcome } = await party.enter("ada", { room, lease: 1 });
    const { client: grace } = await party.enter("grace", { room });
    expect(welcome.leaseMs).toBe(1_000);
    const { inMs } = await ada.next("auth.expiring");
    expect(inMs).toBeLessThanOrEqual(150);
    expect((await ada.next("auth.expired")).graceMs).toBeGreaterThan(1_500);
    grace.send({ type: "chat.send", id: "secret", text: "secret" });
    await grace.next("ack");
    const frames = [
      { type: "chat.send", id: "x", text: "x" },
      { type: "history.get", id: "x", limit: 10 },
      { type: "mod.kick", id: "x", user: "grace" },
    ];
    for (const frame of frames) {
      ada.send(frame);
      expect(await ada.next("error")).toMatchObject({ id: "x", code: "auth_expired" });
    }
    expect(await ada.closed).toEqual({ code: 4408, reason: "auth_timeout" });
    expect(ada.of("chat.message")).toEqual([]);
    expect(ada.of("history")).toEqual([]);
  });

  it("is renewed in place over five lifetimes: one socket, nothing missed, nobody else notices", async () => {
    const { client: ada, welcome } = await party.enter("ada", { room, lease: 1 });
    const { client: grace } = await party.enter("grace", { room });
    await ada.next("presence.diff");
    let wait = welcome.refreshInMs;
    for (let i = 1; i <= 5; i++) {
      // The clock of the lease is what is under test: this is the client's own timer.
      await new Promise((resolve) => setTimeout(resolve, wait));
      await renew(ada, "ada", { lease: 1 }, `r${i}`);
      wait = (await ada.next("auth.refreshed", ({ id }) => id === `r${i}`)).refreshInMs;
      grace.send({ type: "chat.send", id: `m${i}`, text: `m${i}` });
    }
    await ada.next("chat.message", ({ seq }) => seq === 5);
    expect(ada.of("chat.message").map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(ada.of("auth.expired")).toEqual([]);
    expect(grace.of("presence.diff")).toEqual([]);
  });

  it("renewed in the grace is followed by what was missed", async () => {
    const { client: ada } = await party.enter("ada", { room, lease: 1 });
    const { client: grace } = await party.enter("grace", { room });
    grace.send({ type: "chat.send", id: "before", text: "before" });
    await ada.next("chat.message");
    await ada.next("auth.expired");
    for (const id of ["one", "two"]) {
      grace.send({ type: "chat.send", id, text: id });
      await grace.next("ack", (ack) => ack.id === id);
    }
    await renew(ada, "ada");
    await ada.next("auth.refreshed");
    const { messages, recovered } = await ada.next("history");
    expect([recovered, messages.map(({ text }) => text)]).toEqual([true, ["one", "two"]]);
    await ada.next("presence.sync");
    ada.send({ type: "chat.send", id: "back", text: "back" });
    expect(await ada.next("ack")).toMatchObject({ seq: 4 });
    await ada.next("chat.message", ({ seq }) => seq === 4);
    expect(ada.of("chat.message").map(({ seq }) => seq)).toEqual([1, 4]);
  });

  it("takes name and role from the newest token and tells the others", async () => {
    const { client: ada } = await party.enter("ada", { room });
    const { client: tab } = await party.enter("ada", { room });
    const { client: grace } = await party.enter("grace", { room });
    await renew(ada, "ada", { role: "moderator", name: "Ada Lovelace" });
    expect(await ada.next("auth.refreshed")).toMatchObject({ role: "moderator" });
    expect(await tab.next("auth.updated")).toEqual({ type: "auth.updated", role: "moderator" });
    expect(await grace.next("presence.diff")).toMatchObject({
      updated: [{ id: "ada", name: "Ada Lovelace", role: "moderator" }],
    });
  });

  it.each([
    ["another person", { sub: "grace" }, "forbidden"],
    ["another session", { sid: "other" }, "forbidden"],
    ["another room", { room: "elsewhere" }, "forbidden"],
    ["another use", { use: "connect" }, "unauthorized"],
    ["an expired token", { issuedIn: -100 }, "token_expired"],
  ])("is not renewed by %s, and stays as it was", async (_what, options, code) => {
    const { client } = await party.enter("ada", { room });
    await renew(client, "ada", options);
    expect(await client.next("error")).toMatchObject({ id: "r", code });
    client.send({ type: "chat.send", id: "x", text: "x" });
    await client.next("ack");
    expect((await client.next("chat.message")).user.id).toBe("ada");
  });

  it("closes 4401 at the third refused renewal in a row; a good one starts the count anew", async () => {
    const { client } = await party.enter("ada", { room });
    const token = await party.mint("ada", { room, use: "refresh" });
    const present = (id: string, text = token) =>
      client.send({ type: "auth.refresh", id, token: text });
    present("good");
    await client.next("auth.refreshed");
    present("again");
    expect(await client.next("error")).toMatchObject({ id: "again", code: "token_spent" });
    present("junk", "junk");
    await renew(client, "ada", {}, "good2");
    await client.next("auth.refreshed");
    for (const id of ["1", "2", "3"]) present(id, "junk");
    expect(await client.next("error", ({ id }) => id === "3")).toMatchObject({
      code: "unauthorized",
    });
    expect(await client.closed).toEqual({ code: 4401, reason: "unauthorized" });
  });
});

describe("a full room", () => {
  it("closes 1013 with an error, and lets people in again when somebody left", async () => {
    const clients: Client[] = [];
    for (const user of ["a", "b", "c", "d", "e", "f"]) {
      clients.push((await party.enter(user, { room })).client);
    }
    const late = party.dial(await party.mint("late", { room }), room);
    expect(await late.next("error")).toMatchObject({ code: "unavailable", retryable: true });
    expect(await late.closed).toEqual({ code: 1013, reason: "try_again_later" });
    await clients[0]?.leave();
    await clients[1]?.caughtUp();
    await party.enter("late", { room });
  });
});
