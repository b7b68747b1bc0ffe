import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_RECOVERY_CHANGES } from "../protocol/limits";
import type { ServerFrame } from "../protocol/server-frames";
import { askedPage, isRecoverable, resumeChanges, resumePage } from "./history";
import { DEFAULT_CONFIG } from "./state";
import { World } from "./testing/world";

describe("recovery", () => {
  it("is exact or not claimed", () => {
    fc.assert(
      fc.property(
        fc.record({ seq: fc.nat(2_000), rev: fc.nat(2_000), old: fc.nat(2_000) }),
        fc.record({ after: fc.nat(3_000), rev: fc.option(fc.nat(3_000), { nil: undefined }) }),
        fc.boolean(),
        ({ seq, rev, old }, known, same) => {
          const floor = Math.min(seq, old);
          const history = { epoch: "now", seq, rev, floor };
          const resume = { epoch: same ? "now" : "then", ...known };
          const page = resumePage(history, resume);
          const changes = resumeChanges(history, resume);
          if (isRecoverable(history, resume)) {
            expect(same && known.after <= seq && seq - known.after <= 500).toBe(true);
            expect(known.after).toBeGreaterThanOrEqual(floor);
            expect(page).toEqual({ from: known.after + 1, to: seq });
            const missed = rev - (known.rev ?? rev);
            expect(missed >= 0 && missed <= 500).toBe(true);
            expect(changes).toEqual(
              known.rev === undefined
                ? undefined
                : { after: known.rev, to: rev, upToSeq: known.after },
            );
          } else {
            expect(page.to - page.from + 1).toBe(Math.min(50, seq - floor));
            expect(changes).toBeUndefined();
          }
        },
      ),
    );
  });

  const changed = (frames: readonly ServerFrame[]) =>
    frames.flatMap((frame) =>
      frame.type === "welcome" || frame.type === "history" ? [frame] : [],
    )[0];

  function edited(): World {
    const world = new World();
    world.join("ada");
    for (const id of ["a", "b", "c", "d"]) world.send("ada", id);
    world.frame("ada", { type: "chat.edit", id: "0", seq: 3, text: "before" });
    return world;
  }
  function changeAll(world: World): void {
    world.frame("ada", { type: "chat.edit", id: "1", seq: 1, text: "A" });
    world.frame("ada", { type: "chat.react", id: "2", seq: 1, emoji: "👍", on: true });
    world.frame("ada", { type: "chat.delete", id: "3", seq: 2 });
    world.frame("ada", { type: "chat.edit", id: "4", seq: 4, text: "D" });
  }

  it("gives each message that was changed once, as it is now, and only to who asks", () => {
    const world = edited();
    changeAll(world);
    world.restart(false);
    const asks = (rev?: number) =>
      changed(world.join("grace", {}, { epoch: "epoch1", after: 3, rev }));
    expect(asks(1)).toMatchObject({
      recovered: true,
      rev: 5,
      messages: [{ seq: 4, text: "D" }],
      changed: [
        { seq: 1, text: "A", reactions: { "👍": ["ada"] } },
        { seq: 2, deleted: true },
      ],
    });
    world.forget("grace");
    const plain = asks();
    expect(plain).toMatchObject({ recovered: true, messages: [{ seq: 4 }] });
    expect(plain).not.toHaveProperty("changed");
    world.forget("grace");
    expect(asks(9)).toMatchObject({ recovered: false, messages: [{}, {}, {}, {}] });
  });

  it("gives what was changed between the end of a lease and its renewal", () => {
    const world = edited();
    world.join("grace", { leaseMs: 1_000 });
    world.later(1_000);
    changeAll(world);
    world.restart();
    expect(changed(world.refresh("grace", world.pass("grace")))).toMatchObject({
      recovered: true,
      messages: [],
      rev: 5,
      changed: [{ seq: 1 }, { seq: 2 }, { seq: 4, text: "D" }],
    });
  });

  it("remembers a bounded number of changes and says so where there were more", () => {
    const world = new World({ ...DEFAULT_CONFIG, messagesPerMinute: 1e6, messagesPerSecond: 1e6 });
    world.join("ada");
    world.send("ada", "a");
    const edit = (n: number) =>
      world.frame("ada", { type: "chat.edit", id: `${n}`, seq: 1, text: `${n}` });
    for (let n = 1; n <= MAX_RECOVERY_CHANGES + 10; n++) edit(n);
    const log = [...world.stored.keys()].filter((key) => key.startsWith("c/"));
    expect(log).toHaveLength(MAX_RECOVERY_CHANGES);
    const asks = (rev: number) => {
      world.forget("grace");
      return changed(world.join("grace", {}, { epoch: "epoch1", after: 1, rev }));
    };
    expect(asks(10)).toMatchObject({ recovered: true, changed: [{ seq: 1, text: "510" }] });
    expect(asks(9)).toMatchObject({ recovered: false, messages: [{ text: "510" }] });
  });
});

describe("a page", () => {
  it("is never longer than asked, never outside the room, and pages meet without overlap", () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.nat(300),
        fc.integer({ min: 1, max: 100 }),
        (kept, floor, limit) => {
          const seen: number[] = [];
          const seq = floor + kept;
          for (let before = seq + 1; before > floor + 1;) {
            const page = askedPage({ seq, floor }, { before, limit });
            expect(page.to - page.from + 1).toBeLessThanOrEqual(limit);
            for (let n = page.to; n >= page.from; n--) seen.push(n);
            before = page.from;
          }
          expect(seen).toEqual(Array.from({ length: kept }, (_, i) => seq - i));
        },
      ),
    );
  });

  it("after a number far beyond is empty", () => {
    const { from, to } = askedPage({ seq: 5, floor: 0 }, { after: 1e12, limit: 10 });
    expect(from).toBeGreaterThan(to);
  });
});

describe("history that starts anew", () => {
  it("cannot be taken up, remembers no id, and reaches who was in the grace", () => {
    const world = new World();
    world.join("ada");
    world.join("grace", { leaseMs: 1_000 });
    world.send("ada", "x");
    world.later(1_000);
    world.do({ type: "clear", epoch: "epoch2" });
    expect(world.of("ada", "history")).toEqual([
      { type: "history", epoch: "epoch2", messages: [], hasMore: false, recovered: false, rev: 0 },
    ]);
    expect(world.send("ada", "x", "again")[0]).toMatchObject({ type: "ack", seq: 1 });
    expect(world.refresh("grace", world.pass("grace"))).toMatchObject([
      { type: "auth.refreshed" },
      { type: "history", epoch: "epoch2", recovered: false, messages: [{ seq: 1, text: "again" }] },
      {},
      {},
    ]);
    const welcome = world.join("linus", {}, { epoch: "epoch1", after: 1 })[0];
    expect(welcome).toMatchObject({ recovered: false, epoch: "epoch2", seq: 1 });
  });
});
