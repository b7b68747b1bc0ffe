import { describe, expect, it } from "vitest";
import type { RoomEvent } from "./events";
import { RECONNECT_STRETCH_MS_PER_CONNECTION } from "../protocol/limits";
import { DEFAULT_CONFIG } from "./state";
import { World } from "./testing/world";

const settings = (given: object) => ({ type: "settings", epoch: "epoch2", ...given }) as RoomEvent;

describe("a room that is archived", () => {
  it("makes readers of those who are here and of those who come, and gives their rights back after", () => {
    const world = new World();
    world.join("ada1", { role: "owner" });
    world.forget("ada1");
    const before = world.pass("bo", { role: "moderator" });
    world.do(settings({ archived: true }));
    expect(world.of("ada1", "auth.updated")).toEqual([{ type: "auth.updated", role: "reader" }]);
    expect(world.of("ada1", "room.updated")).toEqual([{ type: "room.updated", archived: true }]);
    expect(world.send("ada1", "x")).toMatchObject([{ code: "forbidden" }]);
    world.do({ type: "join", connection: "bo1", pass: before, share: 0 });
    expect(world.of("bo1", "welcome")[0]).toMatchObject({
      role: "reader",
      room: { archived: true },
    });
    world.do({ type: "role", user: "bo", role: "owner" });
    expect(world.send("bo1", "x")).toMatchObject([{ code: "forbidden" }]);
    const asServer = { type: "say", id: "s", text: "x", as: { id: "bot", name: "Bot" } } as const;
    expect(world.do(asServer).answer).toEqual({ ok: false, code: "forbidden" });

    world.forget("ada1");
    world.do(settings({ archived: false }));
    expect(world.of("ada1", "auth.expiring")).toHaveLength(1);
    expect(world.refresh("ada1", world.pass("ada", { role: "owner" }))[0]).toMatchObject({
      type: "auth.refreshed",
      role: "owner",
    });
    expect(world.send("ada1", "x")[0]?.type).toBe("ack");
  });

  it("asks a full room for new tokens a few at a time, each once, and nobody whom it need not", () => {
    const world = new World({ ...DEFAULT_CONFIG, connectionsPerRoom: 2_000 });
    const ids = Array.from({ length: 1_000 }, (_, at) => `p${at}x1`);
    for (const id of ids) world.join(id, { user: { id, name: id } });
    world.do(settings({ archived: true }));
    world.forget(...ids);
    world.do(settings({ archived: false }));
    // One of the last has brought a new token meanwhile.
    world.refresh("p999x1", world.pass("p999x1", { role: "moderator" }));
    world.forget("p999x1");
    const asked = () => ids.filter((id) => world.of(id, "auth.expiring").length > 0).length;
    let [before, most] = [0, asked()];
    expect(most).toBeGreaterThan(0);
    for (let second = 0; second < 30; second++) {
      before = asked();
      for (let part = 0; part < 10; part++) world.later(100);
      most = Math.max(most, asked() - before);
    }
    expect(asked()).toBe(999);
    expect(most).toBeLessThanOrEqual(1_000 / RECONNECT_STRETCH_MS_PER_CONNECTION);
    expect(ids.every((id) => world.of(id, "auth.expiring").length <= 1)).toBe(true);
  });

  it("stays so where an older word of the app comes late", () => {
    const world = new World();
    const said = (jti: string, ago: number) => ({
      ticket: { jti, presentableUntil: world.now + 60_000, issuedAt: world.now - ago },
    });
    world.do(settings({ archived: true, ...said("b", 1_000) }));
    world.do(settings({ archived: false, ...said("a", 5_000) }));
    expect(world.state.rules.archived).toBe(true);
    world.do(settings({ archived: false, ...said("c", 0) }));
    expect(world.state.rules.archived).toBe(false);
  });
});

describe("a room that is deleted", () => {
  it("sends everybody away, forgets everything, and lets nobody in again", () => {
    const world = new World();
    world.join("ada1", { role: "owner" });
    world.join("bo1");
    world.send("bo1", "secret words");
    world.frame("bo1", { type: "chat.report", id: "r", seq: 1 });
    world.frame("ada1", { type: "mod.slow", id: "s", seconds: 5 });
    const before = world.pass("bo");
    world.do(settings({ gone: true }));
    for (const id of ["ada1", "bo1"]) {
      expect(world.closed.get(id)).toBe("4404 no_such_room");
      expect(world.of(id, "error").at(-1)).toMatchObject({ code: "not_found" });
    }
    expect(JSON.stringify([...world.stored])).not.toContain("secret words");
    expect([...world.stored.keys()].filter((key) => /^(audit|report|m|d)\//.test(key))).toEqual([]);
    world.restart(false);
    world.do({ type: "join", connection: "bo2", pass: before, share: 0 });
    expect(world.closed.get("bo2")).toBe("4404 no_such_room");
    const asServer = { type: "say", id: "s", text: "x", as: { id: "bot", name: "Bot" } } as const;
    expect(world.do(asServer).answer).toEqual({ ok: false, code: "not_found" });
  });
});

it("a name and a topic are told to those who are here", () => {
  const world = new World();
  world.join("ada1");
  world.forget("ada1");
  world.do(settings({ name: "Hall", topic: null }));
  expect(world.heard("ada1")).toEqual([{ type: "room.updated", name: "Hall", topic: null }]);
});
