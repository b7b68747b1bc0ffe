import { describe, expect, it } from "vitest";
import { errorFrame } from "../protocol";
import { SHOW_AROUND_PAGES } from "./pages";
import { createWorld } from "./testing/world";

function longRoom(count: number) {
  const world = createWorld();
  world.party.latencyMs = 5;
  for (let n = 1; n <= count; n++) world.party.say("grace", `m${n}`, `message ${n}`);
  return world;
}

describe("showing one message", () => {
  it("loads what lies between, a hundred at a time, and leaves no hole", async () => {
    const world = longRoom(600);
    const client = await world.live();
    const result = client.showAround(222);
    await world.clock.advance(1_000);
    expect(await result).toBe("shown");
    const seqs = client.getSnapshot().messages.map(({ seq }) => seq ?? 0);
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, n) => 600 - seqs.length + 1 + n));
    const limits = world.party.heard.flatMap(({ frame }) =>
      frame.type === "history.get" ? [frame.limit] : [],
    );
    expect(limits).toEqual([100, 100, 100, 100]);
  });

  it("that is here already asks for nothing", async () => {
    const world = longRoom(60);
    const client = await world.live();
    expect(await client.showAround(55)).toBe("shown");
    expect(world.party.heard).toEqual([]);
  });

  it("waits for the older page that is under way", async () => {
    const world = longRoom(100);
    const client = await world.live();
    client.loadOlder();
    const result = client.showAround(5);
    await world.clock.advance(100);
    expect(await result).toBe("shown");
    expect(world.party.heard).toHaveLength(1);
  });

  it("says that there is none, and that it lies too far back, without loading in vain", async () => {
    const world = longRoom(SHOW_AROUND_PAGES * 100 + 60);
    const client = await world.live();
    expect(await client.showAround(99_999)).toBe("gone");
    expect(await client.showAround(0)).toBe("gone");
    expect(await client.showAround(10)).toBe("too_far");
    expect(world.party.heard).toEqual([]);
    const result = client.showAround(11);
    await world.clock.advance(5_000);
    expect(await result).toBe("shown");
  });

  it("fails readably: refused, line dropped, left, or asked for another one", async () => {
    const world = longRoom(200);
    const client = await world.live();
    world.party.intercept = (frame) =>
      frame.type === "history.get" ? [errorFrame("rate_limited", { id: frame.id })] : null;
    const refused = client.showAround(10);
    await world.clock.advance(100);
    expect(await refused).toBe("failed");

    world.party.intercept = () => null;
    const dropped = client.showAround(10);
    world.party.cut();
    await world.clock.advance(2_000);
    expect(await dropped).toBe("failed");
    expect(client.getSnapshot().olderFailed).toBe(true);

    const replaced = client.showAround(10);
    const shown = client.showAround(100);
    await world.clock.advance(100);
    expect([await replaced, await shown]).toEqual(["failed", "shown"]);

    const left = client.showAround(1);
    client.stop();
    expect(await left).toBe("failed");
  });
});
