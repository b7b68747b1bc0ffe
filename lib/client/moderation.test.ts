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

it("a refusal of one's own frame turns nobody away", async () => {
  const { tell } = await live();
  expect((await tell(errorFrame("forbidden", { id: "x" }))).turnedAway).toBeUndefined();
});
