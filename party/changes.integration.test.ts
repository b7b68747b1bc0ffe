import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({ PARTY_GRACE_SECONDS: "10" }, { persist: true });
});
afterAll(() => party.stop());

const shown = { seq: 1, text: "better", reactions: { "👍": ["grace"] } };
const tombstone = { seq: 2, text: "", deleted: true, deletedBy: "grace" };

/** Ada says three things, goes away, and Grace, a moderator, changes two of them. */
async function changedWhileAway(room: string) {
  const { client: ada, welcome } = await party.enter("ada", { room });
  const { client: grace } = await party.enter("grace", { room, role: "moderator" });
  for (const id of ["one", "two", "three"]) {
    ada.send({ type: "chat.send", id, text: id });
    await ada.next("ack", (ack) => ack.id === id);
  }
  ada.send({ type: "chat.edit", id: "e", seq: 1, text: "better" });
  expect(await ada.next("chat.updated")).toMatchObject({ rev: 1 });
  await ada.leave();
  grace.send({ type: "chat.react", id: "r", seq: 1, emoji: "👍", on: true });
  grace.send({ type: "chat.delete", id: "d", seq: 2 });
  await grace.next("ack", (ack) => ack.id === "d");
  return { resume: `&epoch=${welcome.epoch}&after=3`, grace };
}

describe("messages that were changed while one was away", () => {
  it("come with the welcome of who asks for them, also from a restarted party", async () => {
    const room = "changed";
    const { resume } = await changedWhileAway(room);
    const back = await party.enter("ada", { room }, `${resume}&rev=1`);
    const expected = { recovered: true, seq: 3, rev: 3, messages: [], changed: [shown, tombstone] };
    expect(back.welcome).toMatchObject(expected);
    await party.kill();
    await back.client.closed;
    await party.restart();
    const again = await party.enter("ada", { room }, `${resume}&rev=1`);
    expect(again.welcome).toMatchObject(expected);
    const plain = await party.enter("ada", { room }, resume);
    expect(plain.welcome).toMatchObject({ recovered: true, messages: [] });
    expect(plain.welcome).not.toHaveProperty("changed");
    const junk = await party.enter("ada", { room }, `${resume}&rev=soon`);
    expect(junk.welcome).toMatchObject({ recovered: false, messages: [shown, tombstone, {}] });
  });

  it("come with the renewal of a lease that had ended", async () => {
    const room = "renewed";
    const { grace } = await changedWhileAway(room);
    const { client: ada } = await party.enter("ada", { room, lease: 3 });
    await ada.next("auth.expired");
    grace.send({ type: "chat.delete", id: "d3", seq: 3 });
    await grace.next("ack", (ack) => ack.id === "d3");
    const token = await party.mint("ada", { room, use: "refresh" });
    ada.send({ type: "auth.refresh", id: "r", token });
    expect(await ada.next("history")).toMatchObject({
      ...{ recovered: true, messages: [], rev: 4, changed: [{ seq: 3, deleted: true }] },
    });
  });

  it("belong to their history: a cleared room counts anew", async () => {
    const room = "cleared";
    const { resume } = await changedWhileAway(room);
    await party.http("DELETE", `/parties/main/${room}/messages`);
    const { client, welcome } = await party.enter("ada", { room }, `${resume}&rev=1`);
    expect(welcome).toMatchObject({ recovered: false, rev: 0, messages: [] });
    client.send({ type: "chat.send", id: "one", text: "one" });
    client.send({ type: "chat.edit", id: "e", seq: 1, text: "two" });
    expect(await client.next("chat.updated")).toMatchObject({ rev: 1 });
  });
});
