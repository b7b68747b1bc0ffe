import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DRAIN_EARLIEST_MS } from "../protocol/limits";
import { World } from "./testing/world";

const drain = (world: World, overMs = 10_000, share = 0.5) =>
  world.do({ type: "drain", overMs, share });
const retries = (world: World) =>
  [...world.told.keys()].flatMap((id) => world.of(id, "drain").map((f) => f.retryInMs));

describe("a room that drains", () => {
  it("tells each connection its own time, then closes it 4503", () => {
    const world = new World();
    for (const id of ["ada1", "ada2", "grace1", "linus1"]) world.join(id);
    expect(drain(world).answer).toEqual({ ok: true, body: { ok: true, closed: 4 } });
    expect(retries(world)).toEqual([2_250, 4_750, 7_250, 9_750]);
    expect(new Set(world.closed.values())).toEqual(new Set(["4503 draining"]));
    expect(world.closed.size).toBe(4);
    expect(drain(world).answer).toMatchObject({ body: { closed: 0 } });
  });

  it("spreads any number of connections evenly: no second holds more than its part", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1_000, max: 60_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (count, overMs, share) => {
          const world = new World();
          for (let n = 0; n < count; n++) world.join(`p${n}`, { user: { id: `p${n}`, name: "P" } });
          drain(world, overMs, share);
          const times = retries(world);
          expect(Math.min(...times)).toBeGreaterThanOrEqual(DRAIN_EARLIEST_MS);
          expect(Math.max(...times)).toBeLessThanOrEqual(DRAIN_EARLIEST_MS + overMs);
          const bins = new Map<number, number>();
          for (const at of times)
            bins.set(Math.floor(at / 1_000), 1 + (bins.get(Math.floor(at / 1_000)) ?? 0));
          expect(Math.max(...bins.values())).toBeLessThanOrEqual(
            Math.ceil((count * 1_000) / overMs) + 1,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it("shows nobody as gone who comes back at the time they were told, across a restart too", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    drain(world);
    world.restart(false);
    world.later(1_500);
    world.join("ada");
    world.forget("ada");
    world.later(9_500);
    expect(world.of("ada", "presence.diff")).toEqual([]);
    world.join("grace");
    expect(world.of("ada", "presence.diff")).toEqual([]);
  });

  it("waits for a crowd that lost its process as long as the crowd spreads its dials", () => {
    const world = new World();
    const id = (n: number) => `p${n}`;
    for (let n = 0; n < 200; n++) world.join(id(n), { user: { id: id(n), name: "P" } });
    world.restart(false);
    world.join("p0", { user: { id: "p0", name: "P" } });
    world.forget("p0");
    world.later(13_400);
    world.join("p1", { user: { id: "p1", name: "P" } });
    expect(world.of("p0", "presence.diff")).toEqual([]);
    world.later(1_000);
    expect(world.of("p0", "presence.diff")[0]?.left).toHaveLength(198);
  });

  it("shows who does not come back as gone in the end", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    drain(world);
    world.join("ada");
    world.forget("ada");
    world.later(21_000);
    expect(world.of("ada", "presence.diff")).toMatchObject([{ left: ["grace"] }]);
  });
});
