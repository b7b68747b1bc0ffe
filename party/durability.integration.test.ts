import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SLEEPS, startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({ PARTY_GRACE_SECONDS: "5" }, { persist: true });
});
afterAll(() => party.stop());

const line = async (event: string, count: number) => {
  const seen = () => party.lines.filter((text) => text.includes(`"event":"${event}"`)).length;
  for (let tries = 0; seen() < count && tries < 300; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return seen();
};

describe("what a room keeps", () => {
  it.runIf(SLEEPS)("survives eviction: identity, lease, presence and sequence", async () => {
    const room = "sleepy";
    const { client: ada } = await party.enter("ada", { room, lease: 13 });
    const { client: grace } = await party.enter("grace", { room, role: "moderator" });
    await ada.next("presence.diff");
    ada.send({ type: "chat.send", id: "one", text: "one" });
    await grace.next("chat.message");
    const woken = await line("room_woke", 1);
    // Nobody speaks: the engine evicts the room, and the end of a lease has to wake it by an alarm.
    await ada.next("auth.expiring").catch(() => ada.next("auth.expiring"));
    expect(await line("room_woke", woken + 1)).toBeGreaterThan(woken);
    await ada.next("auth.expired");
    grace.send({ type: "chat.send", id: "two", text: "two" });
    expect(await grace.next("ack")).toMatchObject({ seq: 2 });
    ada.send({ type: "chat.send", id: "three", text: "three" });
    expect(await ada.next("error")).toMatchObject({ id: "three", code: "auth_expired" });
    expect(ada.of("chat.message").map(({ seq }) => seq)).toEqual([1]);
    const token = await party.mint("ada", { room, use: "refresh" });
    ada.send({ type: "auth.refresh", id: "r", token });
    expect((await ada.next("history")).messages.map(({ seq }) => seq)).toEqual([2]);
    expect((await ada.next("presence.sync")).users).toHaveLength(2);
    ada.send({ type: "chat.delete", id: "d", seq: 2 });
    expect(await ada.next("error")).toMatchObject({ code: "forbidden" });
    grace.send({ type: "chat.delete", id: "d", seq: 1 });
    expect(await grace.next("ack", ({ id }) => id === "d")).toMatchObject({ seq: 1 });
    expect(grace.of("presence.diff")).toEqual([]);
  });

  it("survives a killed process: all that was acknowledged, spent tokens, and who is here", async () => {
    const room = "sturdy";
    const { client: ada, welcome } = await party.enter("ada", { room });
    const { client: grace } = await party.enter("grace", { room });
    const token = await party.mint("linus", { room });
    const linus = party.dial(token, room);
    await linus.next("welcome");
    const acked: number[] = [];
    for (let i = 0; i < 15; i++) {
      grace.send({ type: "chat.send", id: `m${i}`, text: `m${i}` });
      acked.push((await grace.next("ack")).seq);
    }
    await party.kill();
    await Promise.all([ada.closed, grace.closed, linus.closed]);
    await party.restart();
    const resume = `&epoch=${welcome.epoch}&after=0`;
    const back = await party.enter("ada", { room }, resume);
    expect(back.welcome.recovered).toBe(true);
    expect(back.welcome.messages.map(({ seq }) => seq)).toEqual(acked);
    expect(back.welcome.presence.map(({ id }) => id).sort()).toEqual(["ada", "grace", "linus"]);
    const { client: again } = await party.enter("grace", { room }, resume);
    again.send({ type: "chat.send", id: "m14", text: "sent twice" });
    expect(await again.next("ack")).toMatchObject({ seq: acked.at(-1) });
    const replay = party.dial(token, room);
    expect(await replay.closed).toEqual({ code: 4409, reason: "token_spent" });
    await back.client.caughtUp();
    expect(back.client.of("presence.diff")).toEqual([]);
    // Who does not come back is gone after the grace.
    const gone = () => back.client.next("presence.diff", ({ left }) => left.includes("linus"));
    expect(await gone().catch(gone)).toMatchObject({ joined: [], left: ["linus"], updated: [] });
  });
});
