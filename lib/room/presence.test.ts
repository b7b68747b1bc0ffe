import { describe, expect, it } from "vitest";
import { World } from "./testing/world";

describe("presence", () => {
  it("tells the others once when somebody comes, and nothing to who has the welcome", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    expect(world.of("ada", "presence.diff")).toMatchObject([
      { joined: [{ id: "grace" }], left: [], updated: [] },
    ]);
    expect(world.heard("grace").map(({ type }) => type)).toEqual(["welcome"]);
  });

  it("waits ten seconds before it tells that somebody left", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.forget("ada");
    world.do({ type: "leave", connection: "grace" });
    world.later(9_999);
    expect(world.heard("ada")).toEqual([]);
    world.later(1);
    expect(world.of("ada", "presence.diff")).toMatchObject([{ left: ["grace"] }]);
  });

  it("says nothing of who came back in time", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.forget("ada");
    world.do({ type: "leave", connection: "grace" });
    world.later(5_000);
    world.join("grace");
    world.later(20_000);
    expect(world.heard("ada")).toEqual([]);
  });

  it("survives a killed process: who comes back never blinked, who does not is told once", () => {
    const world = new World();
    for (const id of ["ada", "grace", "linus"]) world.join(id);
    world.now += 60_000;
    world.restart(false);
    world.forget("ada", "grace", "linus");
    expect(world.join("ada")).toMatchObject([{ type: "welcome", presence: [{}, {}, {}] }]);
    world.now += 5_000;
    world.join("grace");
    world.later(5_000);
    expect(world.of("ada", "presence.diff")).toMatchObject([
      { joined: [], left: ["linus"], updated: [] },
    ]);
  });

  it("lets people of a killed process go, however often the room is evicted meanwhile", () => {
    const world = new World();
    world.join("ada");
    world.restart(false);
    for (let i = 0; i < 3; i++) {
      world.later(4_000);
      world.restart(false);
    }
    world.later(0);
    expect(world.state.people.size).toBe(0);
    expect([...world.stored.keys()].filter((key) => key.startsWith("here/"))).toEqual([]);
  });

  it("keeps counting the grace of who left before an eviction", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.do({ type: "leave", connection: "grace" });
    world.restart();
    world.forget("ada");
    world.later(10_000);
    expect(world.of("ada", "presence.diff")).toMatchObject([{ left: ["grace"] }]);
  });

  it("is active while any connection is, and a repeated status tells nobody anything", () => {
    const world = new World();
    world.join("ada");
    world.join("grace1");
    world.join("grace2");
    world.forget("ada");
    world.frame("grace1", { type: "presence.set", status: "away" });
    expect(world.heard("ada")).toEqual([]);
    world.frame("grace2", { type: "presence.set", status: "away" });
    world.frame("grace2", { type: "presence.set", status: "away" });
    expect(world.of("ada", "presence.diff")).toMatchObject([
      { updated: [{ id: "grace", status: "away" }] },
    ]);
  });

  it("ends a typing line by itself after six seconds, and with the person", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.frame("grace", { type: "typing.set", on: true });
    world.now += 4_000;
    world.frame("grace", { type: "typing.set", on: true });
    world.later(5_999);
    expect(world.of("ada", "typing")).toEqual([
      { type: "typing", users: [{ id: "grace", name: "grace" }] },
    ]);
    world.later(1);
    expect(world.of("ada", "typing").at(-1)?.users).toEqual([]);
    world.frame("grace", { type: "typing.set", on: true });
    world.do({ type: "leave", connection: "grace" });
    expect(world.of("ada", "typing").at(-1)?.users).toEqual([]);
  });
});
