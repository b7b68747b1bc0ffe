import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedPage, isRecoverable, resumePage } from "./history";
import { World } from "./testing/world";

describe("recovery", () => {
  it("is exact or not claimed", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(3_000), fc.boolean(), (seq, after, same) => {
        const history = { epoch: "now", seq };
        const resume = { epoch: same ? "now" : "then", after };
        const page = resumePage(history, resume);
        if (isRecoverable(history, resume)) {
          expect(same && after <= seq && seq - after <= 500).toBe(true);
          expect(page).toEqual({ from: after + 1, to: seq });
        } else {
          expect(page.to - page.from + 1).toBe(Math.min(50, seq));
        }
      }),
    );
  });
});

describe("a page", () => {
  it("is never longer than asked, never outside the room, and pages meet without overlap", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 100 }), (seq, limit) => {
        const seen: number[] = [];
        for (let before = seq + 1; before > 1;) {
          const page = askedPage({ seq }, { before, limit });
          expect(page.to - page.from + 1).toBeLessThanOrEqual(limit);
          for (let n = page.to; n >= page.from; n--) seen.push(n);
          before = page.from;
        }
        expect(seen).toEqual(Array.from({ length: seq }, (_, i) => seq - i));
      }),
    );
  });

  it("after a number far beyond is empty", () => {
    const { from, to } = askedPage({ seq: 5 }, { after: 1e12, limit: 10 });
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
      { type: "history", epoch: "epoch2", messages: [], hasMore: false, recovered: false },
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
