import { describe, expect, it } from "vitest";
import type { HttpEvent } from "./events";
import { World } from "./testing/world";

const DAY = 86_400_000;
const olga = { user: { id: "org:olga", name: "Olga" }, sid: "org:olga", jti: null } as const;

/** A call of the app that left it `ago` milliseconds before now. */
const saidBefore = (world: World, ago: number): Pick<HttpEvent, "ticket"> => ({
  ticket: {
    jti: `said-${ago}`,
    presentableUntil: world.now + 70_000,
    issuedAt: world.now - ago,
  },
});

describe("a person of another issuer", () => {
  it("who was removed stays out for as long as any token of theirs may live", () => {
    const world = new World();
    const long = { ...olga, issuedAt: world.now + 10_000, presentableUntil: world.now + DAY };
    world.join("olga1", long);
    world.do({ type: "revoke", user: "org:olga", reason: "removed" });
    expect(world.closed.get("olga1")).toBe("4403 forbidden");
    world.later(DAY + 9_000);
    world.join("olga2", long);
    expect(world.closed.get("olga2")).toBe("4403 forbidden");
    world.later(20_000);
    world.join("olga3", { ...olga, issuedAt: world.now });
    expect(world.of("olga3", "welcome")).toHaveLength(1);
  });

  it("who was demoted stays so against every token that is older", () => {
    const world = new World();
    const long = { ...olga, role: "moderator", issuedAt: world.now } as const;
    world.join("olga1", long);
    world.do({ type: "role", user: "org:olga", role: "reader" });
    world.later(DAY - 60_000);
    world.join("olga2", long);
    expect(world.of("olga2", "welcome")[0]?.role).toBe("reader");
  });

  it("whose session was ended stays out of it likewise", () => {
    const world = new World();
    const long = { ...olga, sid: "org:session", issuedAt: world.now + 10_000 };
    world.join("olga1", long);
    world.do({ type: "revoke", sid: "org:session", reason: "ended" });
    world.later(DAY + 9_000);
    world.join("olga2", long);
    expect(world.closed.get("olga2")).toBe("4410 session_revoked");
  });
});

describe("what the app said earlier and is heard later", () => {
  it("does not undo a role", () => {
    const world = new World();
    world.join("ada");
    world.do({ type: "role", user: "ada", role: "reader", ...saidBefore(world, 1_000) });
    world.do({ type: "role", user: "ada", role: "owner", ...saidBefore(world, 2_000) });
    expect(world.state.people.get("ada")?.role).toBe("reader");
    world.do({ type: "role", user: "ada", role: "moderator", ...saidBefore(world, 0) });
    expect(world.state.people.get("ada")?.role).toBe("moderator");
  });

  it("does not undo a name", () => {
    const world = new World();
    world.join("ada");
    world.do({ type: "rename", user: "ada", name: "Newer", ...saidBefore(world, 1_000) });
    world.do({ type: "rename", user: "ada", name: "Older", ...saidBefore(world, 2_000) });
    expect(world.state.people.get("ada")?.user.name).toBe("Newer");
  });

  it("does not let somebody back in who was removed", () => {
    const world = new World();
    world.do({ type: "revoke", user: "ada", reason: "removed", ...saidBefore(world, 1_000) });
    world.do({ type: "role", user: "ada", role: "member", ...saidBefore(world, 2_000) });
    world.join("ada");
    expect(world.closed.get("ada")).toBe("4403 forbidden");
  });

  it("does not remove somebody who was let back in", () => {
    const world = new World();
    world.do({ type: "role", user: "ada", role: "member", ...saidBefore(world, 1_000) });
    world.join("ada");
    const late = { type: "revoke", user: "ada", reason: "removed" } as const;
    expect(world.do({ ...late, ...saidBefore(world, 2_000) }).answer).toEqual({
      ok: true,
      body: { ok: true, closed: 0 },
    });
    expect(world.closed.size).toBe(0);
    world.do({ ...late, ...saidBefore(world, 0) });
    expect(world.closed.get("ada")).toBe("4403 forbidden");
  });

  it("is told apart by the app's clock only: a caller with the key is always the latest", () => {
    const world = new World();
    world.join("ada");
    world.do({ type: "role", user: "ada", role: "reader" });
    world.do({ type: "role", user: "ada", role: "owner", ...saidBefore(world, 5_000) });
    expect(world.state.people.get("ada")?.role).toBe("owner");
    world.now -= 10_000;
    world.do({ type: "role", user: "ada", role: "member" });
    expect(world.state.people.get("ada")?.role).toBe("member");
  });
});
