import { describe, expect, it } from "vitest";
import { World } from "./testing/world";

describe("entering and renewing", () => {
  it("spend a token once, together, also after a restart", () => {
    const world = new World();
    const pass = world.pass("ada");
    world.do({ type: "join", connection: "one", pass, share: 0 });
    world.restart(false);
    world.do({ type: "join", connection: "two", pass, share: 0 });
    expect(world.heard("two")).toMatchObject([{ type: "error", code: "token_spent" }]);
    expect(world.closed.get("two")).toBe("4409 token_spent");
    world.join("ada");
    expect(world.refresh("ada", pass)).toMatchObject([{ type: "error", code: "token_spent" }]);
    const fresh = world.pass("ada");
    expect(world.refresh("ada", fresh)).toMatchObject([{ type: "auth.refreshed" }]);
    expect(world.refresh("ada", fresh)).toMatchObject([{ type: "error", code: "token_spent" }]);
  });

  it("forget spent tokens that could no longer be presented, and no others", () => {
    const world = new World();
    const spent = () => [...world.stored.keys()].filter((key) => key.startsWith("spent/")).length;
    for (let i = 0; i < 5; i++) world.join(`ada${i}`);
    world.later(69_000);
    world.join("ada5");
    expect(spent()).toBe(6);
    world.later(2_000);
    for (let i = 6; i < 17; i++) world.join(`ada${i}`);
    expect(spent()).toBe(12);
  });

  it("forget them at the first token after a waking, and never keep more than a few too many", () => {
    const world = new World();
    const spent = () => [...world.stored.keys()].filter((key) => key.startsWith("spent/")).length;
    for (let i = 0; i < 5; i++) world.join(`ada${i}`);
    world.later(71_000);
    world.restart(false);
    world.join("bo");
    expect(spent()).toBe(1);
    for (let i = 0; i < 100; i++) {
      world.later(71_000);
      world.join(`cy${i}`);
      expect(spent()).toBeLessThanOrEqual(17);
    }
  });

  it("refuse a renewal for anybody else and change nothing; the third in a row ends it", () => {
    const world = new World();
    world.join("ada");
    const kept = world.state.connections.get("ada")?.kept;
    for (const other of [
      { user: { id: "grace", name: "grace" } },
      { sid: "other" },
      { room: "elsewhere" },
    ]) {
      expect(world.refresh("ada", world.pass("ada", other))).toMatchObject([
        { type: "error", id: "r", code: "forbidden" },
      ]);
      const after = world.state.connections.get("ada")?.kept;
      if (after) expect({ ...after, refusedRefreshes: 0 }).toEqual(kept);
    }
    expect(world.closed.get("ada")).toBe("4401 unauthorized");
  });

  it("refuse a revoked session with its reason, everywhere in the room and from then on", () => {
    const world = new World();
    world.join("ada1");
    world.join("ada2", { sid: "other" });
    world.do({ type: "revoke", sid: "session-of-ada", reason: "signed_out" });
    expect(world.heard("ada1").at(-1)).toEqual({ type: "auth.revoked", reason: "signed_out" });
    expect(world.closed).toEqual(new Map([["ada1", "4410 session_revoked"]]));
    world.restart(false);
    world.later(23 * 3_600_000);
    world.join("ada3");
    expect(world.closed.get("ada3")).toBe("4410 session_revoked");
  });

  it("refuse a removed person until the app gives them a role again", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.do({ type: "revoke", user: "grace", reason: "removed" });
    expect(world.closed.get("grace")).toBe("4403 forbidden");
    expect(world.of("ada", "presence.diff").at(-1)?.left).toEqual(["grace"]);
    world.join("grace1");
    expect(world.closed.get("grace1")).toBe("4403 forbidden");
    world.do({ type: "role", user: "grace", role: "reader" });
    world.join("grace2", { issuedAt: world.now - 5_000 });
    expect(world.of("grace2", "welcome")[0]?.role).toBe("reader");
    world.now += 1_000;
    world.join("grace3", { role: "moderator" });
    expect(world.of("grace3", "welcome")[0]?.role).toBe("moderator");
  });

  it.each([
    ["ahead of", 5_000],
    ["behind", -5_000],
  ])("hold a demotion against older tokens where the app's clock is %s the party's", (_, skew) => {
    const world = new World();
    world.join("ada", { role: "owner", issuedAt: world.now + skew });
    const before = world.pass("ada", { role: "owner", issuedAt: world.now + skew });
    world.now += 3_000;
    const minted = { presentableUntil: world.now + 60_000, issuedAt: world.now + skew };
    world.do({ type: "role", user: "ada", role: "reader", ticket: { jti: "push", ...minted } });
    world.refresh("ada", before);
    expect(world.of("ada", "auth.refreshed")[0]?.role).toBe("reader");
    world.now += 1_000;
    world.refresh("ada", world.pass("ada", { issuedAt: world.now + skew }));
    expect(world.of("ada", "auth.refreshed")[0]?.role).toBe("member");
  });

  it.each([
    ["awake", () => undefined],
    ["woken from hibernation", (world: World) => world.restart()],
  ])("let no older token raise the role of a newer one, in a room %s", (_, meanwhile) => {
    const world = new World();
    const older = { role: "moderator", issuedAt: world.now } as const;
    world.join("ada1", older);
    world.now += 5_000;
    world.refresh("ada1", world.pass("ada", { role: "member" }));
    world.now += 5_000;
    world.refresh("ada1", world.pass("ada", { role: "member" }));
    meanwhile(world);
    const between = { role: "moderator", issuedAt: world.now - 2_000 } as const;
    world.join("ada2", between);
    expect(world.of("ada2", "welcome")[0]?.role).toBe("member");
    world.refresh("ada2", world.pass("ada", older));
    expect(world.of("ada2", "auth.refreshed")[0]?.role).toBe("member");
    expect(world.of("ada1", "auth.updated")).toEqual([]);
    world.now += 1_000;
    world.refresh("ada2", world.pass("ada", { role: "owner" }));
    expect(world.of("ada2", "auth.refreshed")[0]?.role).toBe("owner");
    expect(world.state.people.get("ada")?.role).toBe("owner");
  });

  it("keep the name that the newest token said", () => {
    const world = new World();
    world.join("ada1", { user: { id: "ada", name: "Countess" } });
    world.join("ada2", { user: { id: "ada", name: "Ada" }, issuedAt: world.now - 1 });
    expect(world.of("ada2", "welcome")[0]?.user.name).toBe("Countess");
  });

  it("replace the oldest connection of a person, and turn people away from a full room", () => {
    const world = new World({
      ...new World().config,
      connectionsPerPerson: 2,
      connectionsPerRoom: 3,
    });
    world.join("ada1");
    world.now++;
    world.join("ada2");
    world.now++;
    world.join("ada3");
    expect(world.closed).toEqual(new Map([["ada1", "4411 replaced"]]));
    world.join("grace");
    world.join("linus");
    expect(world.closed.get("linus")).toBe("1013 try_again_later");
    expect(world.state.connections.size).toBe(3);
    world.join("ada4");
    expect(world.closed.get("ada2")).toBe("4411 replaced");
  });

  it("take a spent server token for nothing", () => {
    const world = new World();
    const ticket = {
      jti: "server-token",
      presentableUntil: world.now + 60_000,
      issuedAt: world.now,
    };
    const event = {
      type: "say",
      id: "x",
      text: "hi",
      as: { id: "bot", name: "Bot" },
      ticket,
    } as const;
    expect(world.do(event).answer).toMatchObject({ ok: true, body: { seq: 1 } });
    expect(world.do({ ...event, id: "y" }).answer).toEqual({ ok: false, code: "token_spent" });
    expect(world.messages()).toHaveLength(1);
  });
});
