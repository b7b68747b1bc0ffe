import { expect, it } from "vitest";
import { errorFrame } from "../protocol";
import { createWorld } from "./testing/world";

const ME = { id: "ada", name: "Ada" };
const live = async () => {
  const world = createWorld();
  world.party.latencyMs = 5;
  const client = await world.live({ me: ME });
  const tell = async (frame: Parameters<typeof world.party.tell>[0]) => {
    world.party.tell(frame);
    await world.clock.advance(10);
    return client.getSnapshot();
  };
  return { world, client, tell };
};

it("what the room holds to is known from its welcome and from each change", async () => {
  const { tell, client } = await live();
  expect(client.getSnapshot().settings).toMatchObject({ slowSeconds: 0, archived: false });
  await tell({ type: "room.updated", slowSeconds: 30 });
  const { settings } = await tell({ type: "room.updated", name: "Hall", topic: null });
  expect(settings).toEqual({
    ...{ name: "Hall", topic: null, slowSeconds: 30, archived: false, retentionDays: null },
  });
});

it("a mute of oneself is known with its reason until it is taken back; one of others is a notice only", async () => {
  const { tell } = await live();
  const mute = { type: "mod.notice", action: "mute", until: 9, reason: "Too loud" } as const;
  expect((await tell({ ...mute, user: { id: "bo" } })).muted).toBeUndefined();
  const view = await tell({ ...mute, user: { id: "ada" } });
  expect(view.muted).toEqual({ until: 9, reason: "Too loud" });
  expect(view.notice).toMatchObject({ action: "mute", user: { id: "ada" } });
  const free = await tell({ type: "mod.notice", action: "unmute", user: { id: "ada" } });
  expect(free.muted).toBeUndefined();
});

it("who is sent away knows why and until when", async () => {
  const { tell } = await live();
  const view = await tell(errorFrame("forbidden", { reason: "Calm down", until: 9 }));
  expect(view.turnedAway).toEqual({ reason: "Calm down", until: 9 });
});

it("who was kicked and then banned reads the ban in place of the kick, and waits for nothing", async () => {
  const { world, client, tell } = await live();
  await tell(errorFrame("forbidden", { reason: "Calm down", until: 9, retryAfterMs: 60_000 }));
  world.party.close(1, 4423);
  await world.clock.advance(10);
  expect(client.getSnapshot().connection).toMatchObject({ stopReason: "kicked", held: true });
  client.learnBan({ reason: "Enough" });
  const { connection, turnedAway } = client.getSnapshot();
  expect(connection).toMatchObject({ phase: "failed", stopReason: "forbidden" });
  expect(connection.retryAt).toBeUndefined();
  expect(turnedAway).toEqual({ reason: "Enough" });
});

it("a ban that the app tells of is no news to who is in the room", async () => {
  const { client } = await live();
  client.learnBan({ reason: "Of yesterday" });
  expect(client.getSnapshot()).toMatchObject({ connection: { phase: "connected" } });
  expect(client.getSnapshot().turnedAway).toBeUndefined();
});

it("who is sent away is not told that they can write again; what else was said stays", async () => {
  const { tell } = await live();
  const sendAway = () => tell(errorFrame("forbidden", { reason: "Calm down", until: 9 }));
  await tell({ type: "mod.notice", action: "unmute", user: { id: "ada" } });
  expect((await sendAway()).notice).toBeUndefined();
  await tell({ type: "mod.notice", action: "unmute", user: { id: "bo" } });
  expect((await sendAway()).notice).toMatchObject({ user: { id: "bo" } });
});

it("a refusal of one's own frame turns nobody away", async () => {
  const { tell } = await live();
  expect((await tell(errorFrame("forbidden", { id: "x" }))).turnedAway).toBeUndefined();
});

it("who had a message deleted reads why in its place; others hear no reason", async () => {
  const { world, client, tell } = await live();
  world.party.say("ada", "a", "cheap lamps");
  await world.clock.advance(10);
  world.party.change("mod", { type: "chat.delete", id: "x", seq: 1 });
  await tell({
    ...{ type: "mod.notice", action: "delete", seq: 1, reason: "no adverts" },
    user: { id: "ada" },
  });
  const [message] = client.getSnapshot().messages;
  expect(message).toMatchObject({ deleted: true, deletedBy: "mod", deletedReason: "no adverts" });
});

it("a deletion of another's message, told to a moderator, takes no other notice away", async () => {
  const { world, client, tell } = await live();
  world.party.say("grace", "g", "cheap lamps");
  await world.clock.advance(10);
  const report = await tell({ type: "mod.notice", action: "report", by: { id: "bo" } });
  world.party.change("mod", { type: "chat.delete", id: "x", seq: 1 });
  const view = await tell({
    ...{ type: "mod.notice", action: "delete", seq: 1, reason: "no adverts" },
    user: { id: "grace" },
  });
  expect(view.notice).toEqual(report.notice);
  expect(client.getSnapshot().messages[0]).toMatchObject({ deletedReason: "no adverts" });
});

it("a moderator's reason leaves with the deletion", async () => {
  const { world, client } = await live();
  world.party.say("grace", "g", "cheap lamps");
  await world.clock.advance(10);
  client.remove(1, "no adverts");
  await world.clock.advance(10);
  expect(world.party.heard.at(-1)?.frame).toMatchObject({
    ...{ type: "chat.delete", seq: 1, reason: "no adverts" },
  });
});

it("a refusal as muted says again that one is, until when and why", async () => {
  const { tell } = await live();
  const view = await tell(errorFrame("muted", { id: "x", reason: "Too loud", until: 9 }));
  expect(view.muted).toEqual({ until: 9, reason: "Too loud" });
});

it("a history that begins anew is told", async () => {
  const { tell } = await live();
  const view = await tell({ type: "history", epoch: "e2", messages: [], hasMore: false });
  expect(view.notice).toEqual({ type: "mod.notice", action: "clear" });
});
