import { describe, expect, it } from "vitest";
import { errorFrame } from "../protocol";
import { createWorld, type World } from "./testing/world";
import type { RoomClient } from "./types";

const seqs = (client: RoomClient) => client.getSnapshot().messages.map((message) => message.seq);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
const fill = (world: World, count: number) => {
  for (let n = 1; n <= count; n++)
    world.party.say("grace", `g${world.party.stored.length}`, `${n}`);
};
const sentOf = (world: World, type: string) =>
  world.party.heard.filter((one) => one.frame.type === type).map((one) => one.frame);

describe("the transcript", () => {
  it("is unknown before the first welcome, and a page of it after", async () => {
    const world = createWorld();
    fill(world, 120);
    const client = world.client();
    expect(client.getSnapshot().ready).toBe(false);
    client.start();
    await world.clock.advance(0);
    expect(seqs(client)).toEqual(range(71, 120));
    expect(client.getSnapshot()).toMatchObject({ ready: true, hasOlder: true, seq: 120 });
  });

  it("grows upwards page by page to its beginning", async () => {
    const world = createWorld();
    fill(world, 120);
    const client = await world.live();
    client.loadOlder();
    client.loadOlder();
    expect(client.getSnapshot().loadingOlder).toBe(true);
    await world.clock.advance(0);
    expect(sentOf(world, "history.get")).toHaveLength(1);
    expect(seqs(client)).toEqual(range(21, 120));
    client.loadOlder();
    await world.clock.advance(0);
    expect(seqs(client)).toEqual(range(1, 120));
    expect(client.getSnapshot()).toMatchObject({ hasOlder: false, loadingOlder: false });
  });

  it("says when older messages did not come: refused, unanswered, not connected", async () => {
    const world = createWorld();
    fill(world, 120);
    const client = await world.live();
    const older = () => client.getSnapshot();
    world.party.intercept = (frame) =>
      frame.type === "history.get" ? [errorFrame("rate_limited", { id: frame.id })] : null;
    client.loadOlder();
    await world.clock.advance(0);
    expect(older()).toMatchObject({ loadingOlder: false, olderFailed: true, hasOlder: true });

    world.party.intercept = (frame) => (frame.type === "history.get" ? [] : null);
    client.loadOlder();
    expect(older()).toMatchObject({ loadingOlder: true, olderFailed: false });
    await world.clock.advance(10_000);
    expect(older()).toMatchObject({ loadingOlder: false, olderFailed: true });

    world.party.intercept = () => null;
    world.party.cut();
    client.loadOlder();
    expect(older()).toMatchObject({ loadingOlder: false, olderFailed: true });
    await world.clock.advance(1_000);
    client.loadOlder();
    await world.clock.advance(0);
    expect(older()).toMatchObject({ loadingOlder: false, olderFailed: false });
    expect(seqs(client)).toEqual(range(21, 120));
  });

  it("gets exactly what it missed, and keeps what the reader has loaded", async () => {
    const world = createWorld();
    fill(world, 120);
    const client = await world.live();
    client.loadOlder();
    await world.clock.advance(0);
    const first = client.getSnapshot().messages[0];
    world.party.cut();
    fill(world, 7);
    await world.clock.advance(1_000);
    expect(world.party.dials[1]?.resume).toEqual({ epoch: "e1", after: 120, rev: 0 });
    expect(seqs(client)).toEqual(range(21, 127));
    expect(client.getSnapshot().messages[0]).toBe(first);
  });

  it("starts with a fresh page where too much was missed, without a hole or a double", async () => {
    const world = createWorld();
    fill(world, 10);
    const client = await world.live();
    world.party.cut();
    fill(world, 600);
    await world.clock.advance(1_000);
    expect(seqs(client)).toEqual(range(561, 610));
    expect(client.getSnapshot().hasOlder).toBe(true);
  });

  it("starts anew where the room's history did, and keeps what was not sent", async () => {
    const world = createWorld();
    fill(world, 10);
    const client = await world.live();
    world.party.cut();
    world.party.stored.length = 0;
    world.party.epoch = "e2";
    world.party.say("grace", "new", "after the flood");
    client.send("still here");
    expect(client.getSnapshot().messages.at(-1)?.state).toBe("pending");
    await world.clock.advance(1_000);
    expect(client.getSnapshot().messages.map((m) => m.text)).toEqual([
      "after the flood",
      "still here",
    ]);
  });

  it("notices a hole and asks for what is missing", async () => {
    const world = createWorld();
    const client = await world.live();
    fill(world, 2);
    await world.clock.advance(0);
    // Lost on the way: two messages that the party stored and this page never saw.
    for (const peer of world.party.peers) peer.leaseEndsAt = 0;
    fill(world, 2);
    for (const peer of world.party.peers) peer.leaseEndsAt = Infinity;
    fill(world, 1);
    await world.clock.advance(0);
    expect(seqs(client)).toEqual([1, 2, 3, 4, 5]);
    expect(sentOf(world, "history.get")).toMatchObject([{ after: 2 }]);
  });

  it("asks again for a hole, but not at once, where the answer was no", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.intercept = (frame) =>
      frame.type === "history.get"
        ? [errorFrame("rate_limited", { id: frame.id, retryAfterMs: 700 })]
        : null;
    const [one, two] = ["one", "two"].map((text, n) => ({
      type: "chat.message" as const,
      seq: n * 2 + 1,
      id: text,
      user: { id: "grace", name: "Grace" },
      text,
      ts: 1,
    }));
    if (one && two) world.party.tell(one, two);
    await world.clock.advance(699);
    expect(sentOf(world, "history.get")).toHaveLength(1);
    await world.clock.advance(1);
    expect(sentOf(world, "history.get")).toHaveLength(2);
    expect(seqs(client)).toEqual([1, 3]);
  });

  it("catches up after a refresh in the grace", async () => {
    const world = createWorld();
    world.party.leaseMs = 6_000;
    const client = await world.live();
    world.route.answer = () => ({ status: 500 });
    await world.clock.advance(7_000);
    fill(world, 3);
    world.route.answer = () => "ok";
    await world.clock.advance(10_000);
    expect(seqs(client)).toEqual([1, 2, 3]);
    expect(client.getSnapshot().connection.dials).toBe(1);
  });

  it("follows edits, deletions and reactions, and touches nothing else", async () => {
    const world = createWorld();
    fill(world, 3);
    const client = await world.live();
    const before = client.getSnapshot().messages;
    world.party.tell(
      { type: "chat.updated", seq: 1, text: "edited", editedAt: 9 },
      { type: "chat.reactions", seq: 2, reactions: { "👍": ["ada"] } },
      { type: "chat.deleted", seq: 3 },
      { type: "chat.deleted", seq: 99 },
    );
    await world.clock.advance(0);
    const after = client.getSnapshot().messages;
    expect(after).toMatchObject([
      { text: "edited", editedAt: 9 },
      { reactions: { "👍": ["ada"] } },
      { deleted: true, text: "" },
    ]);
    world.party.tell({ type: "chat.updated", seq: 1, text: "again", editedAt: 10 });
    await world.clock.advance(0);
    expect(client.getSnapshot().messages[1]).toBe(after[1]);
    expect(before[0]?.text).toBe("1");
  });

  it("shows the same message twice told once, also from two tabs of one person", async () => {
    const world = createWorld();
    const first = await world.live();
    const second = await world.live();
    first.send("from the first");
    second.send("from the second");
    await world.clock.advance(0);
    for (const client of [first, second]) {
      expect(client.getSnapshot().messages.map((m) => [m.text, m.mine])).toEqual([
        ["from the first", true],
        ["from the second", true],
      ]);
    }
    const snapshot = first.getSnapshot();
    const [message] = world.party.stored;
    if (message) world.party.tell({ type: "chat.message", ...message });
    await world.clock.advance(0);
    expect(first.getSnapshot()).toBe(snapshot);
  });

  it("ignores what it cannot read", async () => {
    const world = createWorld();
    const client = await world.live();
    const before = client.getSnapshot();
    const [peer] = world.party.peers;
    for (const data of [
      "",
      "{",
      "null",
      '{"type":"from.the.future"}',
      '[{"type":"ack"}]',
      5,
      null,
    ]) {
      peer?.handlers.onMessage(data);
    }
    expect(client.getSnapshot()).toBe(before);
  });
});
