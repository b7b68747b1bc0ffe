import { describe, expect, it } from "vitest";
import { nextDeadlines } from "./lease";
import { World } from "./testing/world";

const DAY = 86_400_000;

/** Fires the alarm when it is due, until nothing is due before `until`. */
function runAlarms(world: World, until: number): number {
  let rounds = 0;
  for (; rounds < 500; rounds++) {
    const { durable } = nextDeadlines(world.state);
    if (durable === null || durable > until) break;
    world.later(Math.max(0, durable - world.now));
  }
  return rounds;
}
const alone = { leaseMs: 400 * DAY, sessionEndsAt: Infinity };

describe("retention", () => {
  it("drops what is too old, piece by piece, keeps the rest, and goes on counting", () => {
    const world = new World();
    world.join("ada1", { ...alone, role: "owner" });
    for (let i = 1; i <= 150; i++) {
      world.send("ada1", `m${i}`);
      world.now += 200;
    }
    world.now += DAY;
    for (let i = 151; i <= 155; i++) world.send("ada1", `m${i}`);
    world.do({ type: "settings", retentionDays: 1, epoch: "unused" });
    runAlarms(world, world.now + 5_000);
    expect(world.messages().map(({ seq }) => seq)).toEqual([151, 152, 153, 154, 155]);
    expect([...world.stored.keys()].filter((key) => key.startsWith("d/"))).toHaveLength(5);
    world.send("ada1", "m156");
    expect(world.messages().at(-1)?.seq).toBe(156);
    const [page] = world.frame("ada1", { type: "history.get", id: "h", limit: 100 });
    expect(page).toMatchObject({ hasMore: false });
    runAlarms(world, world.now + 3 * DAY);
    expect(world.messages()).toEqual([]);
    expect(nextDeadlines(world.state).durable).toBeGreaterThan(world.now + DAY);
    world.send("ada1", "again");
    expect(world.messages().map(({ seq }) => seq)).toEqual([157]);
    runAlarms(world, world.now + DAY);
    expect(world.messages()).toEqual([]);
  });

  it("is never a silent hole: who resumes at what is gone gets a fresh page", () => {
    const world = new World();
    world.join("ada1", alone);
    for (let i = 1; i <= 10; i++) world.send("ada1", `m${i}`);
    world.now += 2 * DAY;
    for (let i = 11; i <= 12; i++) world.send("ada1", `m${i}`);
    world.do({ type: "settings", retentionDays: 1, epoch: "unused" });
    runAlarms(world, world.now + 5_000);
    const back = (after: number, id: string) => {
      world.join(id, {}, { epoch: "epoch1", after });
      const [welcome] = world.of(id, "welcome");
      return [welcome?.recovered, welcome?.messages.map(({ seq }) => seq)];
    };
    expect(back(4, "bo1")).toEqual([false, [11, 12]]);
    expect(back(9, "bo2")).toEqual([false, [11, 12]]);
    expect(back(10, "bo3")).toEqual([true, [11, 12]]);
    expect(back(11, "bo4")).toEqual([true, [12]]);
  });

  it("asks for no alarm in a room that keeps everything, or has nothing to drop", () => {
    const world = new World();
    expect(nextDeadlines(world.state).durable).toBeNull();
    world.do({ type: "settings", retentionDays: 30, epoch: "unused" });
    expect(nextDeadlines(world.state).durable).toBeNull();
  });
});

describe("somebody whose account is gone", () => {
  function talk(): World {
    const world = new World();
    world.join("ada1", alone);
    world.join("bo1", alone);
    for (let i = 1; i <= 130; i++) {
      world.send(i % 2 ? "ada1" : "bo1", `m${i}`);
      world.now += 200;
    }
    world.frame("bo1", { type: "chat.react", id: "r", seq: 1, emoji: "🎉", on: true });
    world.frame("ada1", { type: "chat.react", id: "r", seq: 1, emoji: "🎉", on: true });
    world.frame("ada1", { type: "chat.report", id: "p", seq: 2 });
    world.frame("bo1", { type: "chat.report", id: "p", seq: 1 });
    world.forget("ada1");
    return world;
  }

  it("leaves their messages under no name, and no reaction, report or id behind", () => {
    const world = talk();
    world.do({ type: "leave", connection: "bo1" });
    world.later(11_000);
    world.do({ type: "forget", user: "bo", how: "anonymise" });
    expect(runAlarms(world, world.now + 5_000)).toBeGreaterThan(1);
    const second = world.messages()[1];
    expect(second).toMatchObject({
      text: "m2",
      user: { id: "deleted-person", name: "Deleted person" },
    });
    expect(world.messages()[0]?.reactions).toEqual({ "🎉": ["ada"] });
    expect(JSON.stringify([...world.stored])).not.toMatch(/"bo"|[ /]bo[ "/]/);
    const told = world.of("ada1", "history").flatMap(({ changed = [] }) => changed);
    expect(told.map(({ seq }) => seq)).toEqual([
      1,
      ...Array.from({ length: 65 }, (_, i) => 2 * i + 2),
    ]);
    expect(world.state.forgetting).toEqual([]);
  });

  it("takes their words along where they chose so; the others' stay as they were", () => {
    const world = talk();
    world.do({ type: "forget", user: "bo", how: "erase" });
    world.restart();
    runAlarms(world, world.now + 5_000);
    const texts = world.messages().map(({ text }) => text);
    expect(texts.filter((text) => text === "")).toHaveLength(65);
    expect(texts[0]).toBe("m1");
    expect(JSON.stringify(world.messages())).not.toContain('m2"');
  });
});
