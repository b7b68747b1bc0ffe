import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newLease, nextDeadlines } from "./lease";
import { World } from "./testing/world";

describe("a lease", () => {
  it("is due for renewal at 75 to 85 percent, prompted later, and never outlives the login session", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        fc.integer({ min: 1_000, max: 3_600_000 }),
        fc.integer({ min: -1_000, max: 7_200_000 }),
        (share, leaseMs, session) => {
          const world = new World();
          const lease = newLease(
            world.pass("ada", { leaseMs, sessionEndsAt: world.now + session }),
            share,
            world.now,
          );
          expect(lease.leaseMs).toBe(Math.max(0, Math.min(leaseMs, session)));
          expect(lease.refreshInMs).toBeGreaterThanOrEqual(Math.floor(lease.leaseMs * 0.75));
          expect(lease.refreshInMs).toBeLessThanOrEqual(Math.ceil(lease.leaseMs * 0.85));
          expect(lease.kept.warnAt - world.now).toBeGreaterThanOrEqual(lease.refreshInMs);
          expect(lease.kept.warnAt).toBeLessThanOrEqual(
            Math.max(world.now, lease.kept.leaseEndsAt),
          );
        },
      ),
    );
  });

  it("warns once, ends once, and times out at the end of the grace", () => {
    const world = new World();
    world.join("ada");
    world.forget("ada");
    world.later(273_000);
    world.later(1_000);
    expect(world.heard("ada")).toEqual([{ type: "auth.expiring", inMs: 27_000 }]);
    world.later(26_000);
    world.later(10_000);
    expect(world.heard("ada").slice(1)).toEqual([{ type: "auth.expired", graceMs: 25_000 }]);
    world.later(14_999);
    expect(world.closed.size).toBe(0);
    world.later(1);
    expect(world.closed.get("ada")).toBe("4408 auth_timeout");
  });

  it("is compared with the time at each delivery, so a late timer delivers nothing", () => {
    const world = new World();
    world.join("ada", { leaseMs: 1_000 });
    world.join("grace");
    world.forget("ada");
    world.now += 1_000;
    world.send("grace", "secret");
    expect(world.of("ada", "chat.message")).toEqual([]);
    expect(world.send("ada", "late")).toMatchObject([
      { type: "error", id: "late", code: "auth_expired" },
    ]);
    expect(world.messages()).toHaveLength(1);
  });

  it("accepts nothing but a renewal when it has ended", () => {
    const world = new World();
    world.join("ada", { leaseMs: 1_000, role: "owner" });
    world.join("grace");
    world.later(1_000);
    world.forget("grace");
    const before = new Map(world.stored);
    for (const frame of [
      { type: "chat.send", id: "1", text: "x" },
      { type: "chat.edit", id: "2", seq: 1, text: "x" },
      { type: "chat.delete", id: "3", seq: 1 },
      { type: "chat.react", id: "4", seq: 1, emoji: "👍", on: true },
      { type: "history.get", id: "5", limit: 10 },
      { type: "mod.kick", id: "6", user: "grace" },
      { type: "typing.set", on: true },
      { type: "presence.set", status: "away" },
      { type: "read.set", seq: 1 },
      { type: "ping", id: "7" },
    ] as const) {
      expect(world.frame("ada", frame)).toMatchObject([{ type: "error", code: "auth_expired" }]);
    }
    expect(world.heard("grace")).toEqual([]);
    expect(world.stored).toEqual(before);
  });

  it("renewed in the grace is followed by exactly what was missed, and by who is here", () => {
    const world = new World();
    world.join("ada", { leaseMs: 1_000 });
    world.join("grace");
    world.send("grace", "heard");
    world.later(1_000);
    world.send("grace", "missed");
    const frames = world.refresh("ada", world.pass("ada"));
    expect(frames).toMatchObject([
      { type: "auth.refreshed", id: "r", leaseMs: 300_000 },
      { type: "history", recovered: true, messages: [{ seq: 2, text: "missed" }] },
      { type: "presence.sync", users: [{ id: "ada" }, { id: "grace" }] },
      { type: "typing" },
    ]);
  });

  it("renewed after more than can be told apart gets a fresh page and the word for it", () => {
    const world = new World({
      ...new World().config,
      messagesPerSecond: 10_000,
      messagesPerMinute: 600_000,
      graceMs: 120_000,
    });
    world.join("ada", { leaseMs: 1_000 });
    world.join("grace");
    world.later(1_000);
    for (let i = 0; i < 501; i++) world.send("grace", `m${i}`);
    const [, history] = world.refresh("ada", world.pass("ada"));
    expect(history).toMatchObject({ type: "history", recovered: false, hasMore: true });
    expect(world.of("ada", "history")[0]?.messages).toHaveLength(50);
  });

  it("that runs is renewed without a word to anybody", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.forget("grace");
    expect(world.refresh("ada", world.pass("ada"))).toHaveLength(1);
    expect(world.heard("grace")).toEqual([]);
  });

  it("has a deadline for each thing that time does", () => {
    const world = new World();
    expect(nextDeadlines(world.state)).toEqual({ durable: null, soon: null });
    world.join("ada");
    expect(nextDeadlines(world.state).durable).toBe(world.now + 273_000);
    world.frame("ada", { type: "typing.set", on: true });
    expect(nextDeadlines(world.state).soon).toBe(world.now + 6_000);
    world.do({ type: "leave", connection: "ada" });
    expect(nextDeadlines(world.state)).toEqual({ durable: world.now + 10_000, soon: null });
    world.later(10_000);
    expect(nextDeadlines(world.state)).toEqual({ durable: null, soon: null });
  });
});

describe("keys that cannot be had", () => {
  it("are answered again and again, and cost nobody the connection", () => {
    const world = new World();
    world.join("ada");
    const presented = { ok: false, code: "unavailable" } as const;
    for (let i = 0; i < 5; i++) {
      world.forget("ada");
      world.do({ type: "refresh", connection: "ada", id: "r", presented, share: 0.5 });
      expect(world.of("ada", "error")).toMatchObject([{ code: "unavailable", retryable: true }]);
    }
    expect(world.closed.size).toBe(0);
  });

  it("are limited in how often they are answered, as every refusal is", () => {
    const world = new World();
    world.join("ada");
    const presented = { ok: false, code: "unavailable" } as const;
    const insist = (times: number) => {
      for (let i = 0; i < times; i++) {
        world.do({ type: "refresh", connection: "ada", id: "r", presented, share: 0.5 });
      }
    };
    insist(60);
    expect(world.closed.size).toBe(0);
    insist(1);
    expect(world.of("ada", "error").at(-1)).toMatchObject({ id: "r", code: "rate_limited" });
    expect(world.closed.get("ada")).toBe("4429 rate_limited");
  });
});
