import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({ LIMIT_MESSAGES_PER_SECOND: "200" }, { persist: true });
});
afterAll(() => party.stop());

const at = (room: string, part: string) => `/parties/main/${room}/${part}`;

describe("what moderation leaves in a real room", () => {
  it("forgets somebody bit by bit, by alarms, and tells those who are there", async () => {
    const room = "forgetful";
    const { client: ada } = await party.enter("ada", { room });
    const { client: bo } = await party.enter("bo", { room });
    for (let i = 1; i <= 130; i++) bo.send({ type: "chat.send", id: `m${i}`, text: `secret ${i}` });
    await bo.next("ack", ({ id }) => id === "m130");
    ada.send({ type: "chat.send", id: "mine", text: "mine" });
    await ada.next("ack");
    const forget = { user: "bo", messages: "erase" };
    expect((await party.http("POST", at(room, "forget"), forget)).status).toBe(200);
    await ada.next("history", ({ changed = [] }) => changed.some(({ seq }) => seq === 130));
    const { body } = await party.http("GET", at(room, "messages?limit=100"));
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(body.messages.at(-1)).toMatchObject({ text: "mine", user: { id: "ada" } });
    expect(body.messages[0]).toMatchObject({ deleted: true, user: { id: "deleted-person" } });
    const { body: own } = await party.http("GET", at(room, "messages?limit=100&user=ada"));
    expect(own).toMatchObject({ messages: [{ text: "mine" }], next: 32 });
  });

  it.each([
    ["sanctions", { action: "hang", user: "bo" }],
    ["sanctions", { action: "ban" }],
    ["sanctions", { action: "ban", user: "bo", reason: "a\nb" }],
    ["settings", { slowSeconds: -1 }],
    ["settings", { gone: false }],
    ["settings", { role: "owner" }],
    ["forget", { user: "bo" }],
    ["reports", { resolve: 0 }],
    ["reports", { resolve: 1, remove: { seq: 1 } }],
    ["reports", { resolve: 1, remove: { by: { id: "mo" }, seq: 0 } }],
  ])("does not take %s %j", async (part, body) => {
    expect((await party.http("POST", at("strict", part), body)).status).toBe(400);
  });

  it("is told to nobody without a right, and by no other method", async () => {
    for (const part of ["audit", "reports", "sanctions", "settings", "forget"]) {
      expect((await party.http("GET", at("strict", part), undefined, "")).status).toBe(401);
      expect((await party.http("PUT", at("strict", part), {})).status).toBe(405);
    }
    expect((await party.http("GET", at("strict", "audit?limit=101"))).status).toBe(400);
    expect((await party.http("GET", at("strict", "audit?before=x"))).status).toBe(400);
  });

  // Last, and with time: two processes have to start.
  it("outlives a killed process: the log, a report, a mute and the slow mode", async () => {
    const room = "kept";
    const { client: owner } = await party.enter("ada", { room, role: "owner" });
    const { client: bo } = await party.enter("bo", { room });
    bo.send({ type: "chat.send", id: "m1", text: "rude" });
    await bo.next("ack");
    owner.send({ type: "chat.report", id: "r1", seq: 1, reason: "Rude" });
    owner.send({ type: "mod.slow", id: "s1", seconds: 600 });
    owner.send({ type: "mod.mute", id: "u1", user: "bo", seconds: 600, reason: "Rude" });
    await owner.next("ack", ({ id }) => id === "u1");
    await party.kill();
    await party.restart();

    const { client: back, welcome } = await party.enter("bo", { room });
    expect(welcome).toMatchObject({ room: { slowSeconds: 600 }, muted: { reason: "Rude" } });
    back.send({ type: "chat.send", id: "m2", text: "again" });
    expect(await back.next("error")).toMatchObject({ code: "muted", reason: "Rude" });
    const { body: audit } = await party.http("GET", at(room, "audit?limit=1"));
    expect(audit).toMatchObject({ entries: [{ n: 2, action: "mute" }], hasMore: true });
    const { body: older } = await party.http("GET", at(room, "audit?limit=5&before=2"));
    expect(older).toMatchObject({
      entries: [{ n: 1, action: "slow", seconds: 600 }],
      hasMore: false,
    });
    const { body: reports } = await party.http("GET", at(room, "reports"));
    expect(reports.entries).toMatchObject([
      { n: 1, text: "rude", reason: "Rude", by: { id: "ada" } },
    ]);
    const remove = { by: { id: "ada", name: "Ada" }, seq: 1, reason: "Rude" };
    const settled = await party.http("POST", at(room, "reports"), { resolve: 1, remove });
    expect(settled.status).toBe(200);
    expect(await back.next("chat.deleted")).toMatchObject({ seq: 1, by: "ada" });
    expect(await back.next("mod.notice")).toMatchObject({ action: "delete", reason: "Rude" });
    const { welcome: again } = await party.enter("bo", { room });
    expect(again.messages).toMatchObject([{ deleted: true, deletedReason: "Rude" }]);
    const { welcome: others } = await party.enter("cy", { room });
    expect(others.messages[0]).toMatchObject({ deleted: true });
    expect(others.messages[0]).not.toHaveProperty("deletedReason");
    expect((await party.http("POST", at(room, "reports"), { resolve: 1 })).status).toBe(404);
  }, 90_000);
});
