import { describe, expect, it } from "vitest";
import { aheadOf } from "./clock";
import { createWorld } from "./testing/world";

const DAY_MS = 86_400_000;
const wrongBy = (ms: number) => {
  const world = createWorld();
  world.deps.wallNow = () => world.clock.now() + ms;
  return world;
};

describe("the browser's clock beside the party's", () => {
  it.each([
    [0, 0],
    [5_000, 0],
    [-59_999, 0],
    [60_000, 60_000],
    [-DAY_MS, -DAY_MS],
  ])("%i ms apart counts as %i", (apart, ahead) => {
    expect(aheadOf(1_000_000 + apart, 1_000_000)).toBe(ahead);
  });

  it.each([DAY_MS, -DAY_MS])("is known from the welcome: %i ms", async (ms) => {
    const client = await wrongBy(ms).live();
    const { ahead } = client.getSnapshot();
    expect(Math.abs(ahead - ms)).toBeLessThan(1_000);
  });

  it("that is right is no news, however long ago the last welcome was", async () => {
    const world = createWorld();
    const client = await world.live();
    await world.clock.advance(DAY_MS);
    world.party.cut();
    await world.clock.advance(60_000);
    expect(client.getSnapshot().connection.dials).toBeGreaterThan(1);
    expect(client.getSnapshot().ahead).toBe(0);
  });

  it("does not date what is not stored yet, also where it was written before the welcome", async () => {
    const world = wrongBy(DAY_MS);
    const me = { id: "ada", name: "Ada" };
    const client = world.client({ me });
    world.party.intercept = (frame) => (frame.type === "chat.send" ? [] : null);
    client.send("Written early");
    client.start();
    await world.clock.advance(world.party.latencyMs * 2);
    client.send("And now");
    const { messages } = client.getSnapshot();
    expect(messages.map(({ text, state }) => [text, state])).toEqual([
      ["Written early", "pending"],
      ["And now", "pending"],
    ]);
    for (const { ts } of messages) expect(Math.abs(ts - world.clock.now())).toBeLessThan(1_000);
  });
});
