import { describe, expect, it } from "vitest";
import { createWorld, type World } from "./testing/world";

const fill = (world: World, count: number) => {
  for (let n = 1; n <= count; n++)
    world.party.say("grace", `g${world.party.stored.length}`, `${n}`);
};
const sentOf = (world: World, type: string) =>
  world.party.heard.filter((one) => one.frame.type === type).map((one) => one.frame);

describe("what is told about oneself", () => {
  it("typing is told every two seconds at most, and taken back", async () => {
    const world = createWorld();
    const client = await world.live();
    for (let n = 0; n < 50; n++) {
      client.setTyping(true);
      await world.clock.advance(100);
    }
    client.setTyping(false);
    client.setTyping(false);
    await world.clock.advance(0);
    expect(sentOf(world, "typing.set").map((f) => "on" in f && f.on)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("typing is told no oftener where many short messages are written", async () => {
    const world = createWorld();
    const client = await world.live();
    for (let n = 0; n < 60; n++) {
      client.setTyping(true);
      await world.clock.advance(50);
      client.send(`${n}`);
      await world.clock.advance(50);
    }
    // Six seconds: begun and ended at most every two, however many messages there were.
    expect(sentOf(world, "typing.set").length).toBeLessThanOrEqual(8);
    client.setTyping(true);
    await world.clock.advance(2_000);
    expect(sentOf(world, "typing.set").at(-1)).toMatchObject({ on: true });
  });

  it("typing ends by itself, and with the message", async () => {
    const world = createWorld();
    const client = await world.live();
    client.setTyping(true);
    await world.clock.advance(5_000);
    client.setTyping(true);
    client.send("there");
    await world.clock.advance(0);
    expect(sentOf(world, "typing.set").map((f) => "on" in f && f.on)).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("away is told when the page is hidden or untouched, active when it is back", async () => {
    const world = createWorld();
    await world.live();
    const told = () => sentOf(world, "presence.set").map((f) => "status" in f && f.status);
    await world.clock.advance(200_000);
    world.page.happen("input");
    await world.clock.advance(299_000);
    expect(told()).toEqual([]);
    await world.clock.advance(1_000);
    expect(told()).toEqual(["away"]);
    world.page.happen("input");
    world.page.happen("input");
    await world.clock.advance(0);
    expect(told()).toEqual(["away", "active"]);
    world.page.happen("hidden");
    await world.clock.advance(0);
    world.page.happen("wake");
    await world.clock.advance(0);
    expect(told()).toEqual(["away", "active", "away", "active"]);
  });

  it("away is told again to every new connection, which the party takes for active", async () => {
    const world = createWorld();
    await world.live();
    world.page.happen("hidden");
    world.party.cut();
    await world.clock.advance(1_000);
    const told = world.party.heard.filter((one) => one.frame.type === "presence.set");
    expect(told.map((one) => one.socket)).toEqual([1, 2].slice(-told.length));
    expect(told.at(-1)?.socket).toBe(2);
  });

  it("reading is told forwards only, once a second at most, and after a drop", async () => {
    const world = createWorld();
    fill(world, 9);
    const client = await world.live();
    const told = () => sentOf(world, "read.set").map((f) => "seq" in f && f.seq);
    for (const seq of [1, 3, 2, 5, 99]) client.markRead(seq);
    expect(client.getSnapshot().readSeq).toBe(5);
    await world.clock.advance(1_000);
    expect(told()).toEqual([1, 5]);
    world.party.cut();
    client.markRead(9);
    await world.clock.advance(2_000);
    expect(told()).toEqual([1, 5, 9]);
  });
});
