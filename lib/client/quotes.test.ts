import { describe, expect, it } from "vitest";
import { errorFrame } from "../protocol";
import { createWorld } from "./testing/world";

async function longRoom() {
  const world = createWorld();
  world.party.latencyMs = 5;
  for (let n = 1; n <= 100; n++) world.party.say("grace", `m${n}`, `message ${n}`);
  const client = await world.live({ me: { id: "ada", name: "Ada" } });
  const quoted = () => client.getSnapshot().quoted.map(({ text }) => text);
  const asked = () => world.party.heard.filter(({ frame }) => frame.type === "history.get").length;
  return { world, client, quoted, asked };
}

describe("a quoted message that is not loaded", () => {
  it("is fetched alone, once, and what is loaded is not fetched at all", async () => {
    const { world, client, quoted, asked } = await longRoom();
    for (const seq of [7, 7, 3, 99]) client.quote(seq);
    await world.clock.advance(1_000);
    client.quote(7);
    await world.clock.advance(1_000);
    expect(quoted()).toEqual(["message 3", "message 7"]);
    expect(asked()).toBe(2);
    expect(client.getSnapshot().messages[0]?.seq).toBe(51);
  });

  it("changes as it does for everybody: live, and while one was away", async () => {
    const { world, client, quoted } = await longRoom();
    client.quote(7);
    await world.clock.advance(200);
    world.party.change("grace", { type: "chat.edit", id: "e", seq: 7, text: "edited" });
    await world.clock.advance(10);
    expect(quoted()).toEqual(["edited"]);
    world.party.cut();
    world.party.change("grace", { type: "chat.delete", id: "d", seq: 7 });
    await world.clock.advance(2_000);
    expect(client.getSnapshot().quoted).toMatchObject([{ seq: 7, deleted: true }]);
  });

  it("is asked for again after a refusal that passes, and on the next line after a drop", async () => {
    const { world, client, quoted } = await longRoom();
    let busy = 1;
    world.party.intercept = (frame) =>
      frame.type === "history.get" && busy-- > 0
        ? [errorFrame("rate_limited", { id: frame.id, retryAfterMs: 300 })]
        : null;
    client.quote(7);
    await world.clock.advance(1_000);
    expect(quoted()).toEqual(["message 7"]);
    client.quote(8);
    world.party.cut();
    await world.clock.advance(2_000);
    expect(quoted()).toEqual(["message 7", "message 8"]);
  });

  it("that does not exist is asked for once", async () => {
    const { world, client, quoted, asked } = await longRoom();
    client.quote(4_000);
    client.quote(0);
    await world.clock.advance(30_000);
    expect(quoted()).toEqual([]);
    expect(asked()).toBe(1);
  });
});
