import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEWS_BURST, NEWS_PER_SECOND } from "../protocol/limits";
import type { PresentUser } from "../protocol/values";
import { World } from "./testing/world";

/** Who a listener believes is here, by its welcome and every diff since. */
function believed(world: World, connection: string): Map<string, PresentUser> {
  const here = new Map<string, PresentUser>();
  for (const frame of world.heard(connection)) {
    if (frame.type === "welcome") for (const user of frame.presence) here.set(user.id, user);
    if (frame.type !== "presence.diff") continue;
    for (const id of frame.left) here.delete(id);
    for (const user of [...frame.joined, ...frame.updated]) here.set(user.id, user);
  }
  return here;
}

describe("news of people", () => {
  it("goes at once in a quiet room", () => {
    const world = new World();
    world.join("ada");
    for (let i = 0; i < 5; i++) {
      world.forget("ada");
      world.join(`p${String.fromCharCode(97 + i)}`);
      expect(world.of("ada", "presence.diff")).toHaveLength(1);
      world.later(1_000);
    }
  });

  it("comes a few times a second and not more, however many come and go", () => {
    const world = new World();
    world.join("ada");
    world.forget("ada");
    const seconds = 6;
    for (let i = 0; i < seconds * 50; i++) {
      const id = `visitor${"abcdefghij"[i % 10]}${"abcdefghij"[Math.floor(i / 10) % 10]}${"abcdefghij"[Math.floor(i / 100) % 10]}`;
      world.join(id);
      world.do({ type: "leave", connection: id });
      world.later(20);
    }
    const told = world.of("ada", "presence.diff").length;
    expect(told).toBeGreaterThan(seconds);
    expect(told).toBeLessThanOrEqual(seconds * NEWS_PER_SECOND + NEWS_BURST);
    world.later(1_000);
    expect(world.state.news.people.size).toBe(0);
  });

  it("leaves everybody with the same people once it is told, whenever they came", () => {
    const names = ["ada", "bo", "cy", "di", "eve"];
    const deed = fc.record({
      who: fc.constantFrom(...names),
      what: fc.constantFrom("join", "leave", "away", "type", "wait"),
      ms: fc.integer({ min: 0, max: 6_000 }),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const world = new World();
        world.join("watcher");
        for (const { who, what, ms } of deeds) {
          const here = world.state.connections.has(who);
          if (what === "join" && !here) {
            world.forget(who);
            world.join(who);
          }
          if (what === "leave") world.do({ type: "leave", connection: who });
          if (what === "wait") world.later(ms);
          const set = { type: "presence.set", status: ms % 2 ? "away" : "active" } as const;
          if (what === "away" && here) world.do({ type: "frame", connection: who, frame: set });
          const typing = { type: "typing.set", on: ms % 2 === 0 } as const;
          if (what === "type" && here) world.do({ type: "frame", connection: who, frame: typing });
        }
        world.later(0);
        world.later(1_000 / NEWS_PER_SECOND);
        const shown = new Map([...world.state.people].map(([id, person]) => [id, person.shown]));
        for (const id of world.state.connections.keys()) {
          expect(believed(world, id)).toEqual(shown);
          const typing = world.of(id, "typing").at(-1)?.users ?? [];
          expect(typing.map((user) => user.id)).toEqual([...world.state.typing.keys()]);
        }
      }),
    );
  });

  it("is due by a timer while something is left", () => {
    const world = new World();
    world.join("ada");
    for (let i = 0; i <= NEWS_BURST; i++) world.join(`p${"abcdefgh"[i]}`);
    expect(world.state.news.dueAt).toBe(world.now + 1_000 / NEWS_PER_SECOND);
  });
});
