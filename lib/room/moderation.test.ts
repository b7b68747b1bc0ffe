import { describe, expect, it } from "vitest";
import type { AuditEntry } from "./audit";
import type { Role } from "../protocol/values";
import { World } from "./testing/world";

const MINUTE = 60_000;

/** Ada owns the room, Mo moderates, Bo and Cy are members; Bo is here twice. */
function club(): World {
  const world = new World();
  const people: [string, Role][] = [
    ["ada1", "owner"],
    ["mo1", "moderator"],
    ["bo1", "member"],
    ["bo2", "member"],
    ["cy1", "member"],
  ];
  for (const [id, role] of people) world.join(id, { role });
  world.forget("ada1", "mo1", "bo1", "bo2", "cy1");
  return world;
}
const log = (world: World) =>
  [...world.stored]
    .filter(([key]) => key.startsWith("audit/"))
    .map(([, value]) => value as AuditEntry);

describe("who is kicked", () => {
  it("loses every socket at once, hears why and until when, and cannot come back before", () => {
    const world = club();
    world.frame("mo1", { type: "mod.kick", id: "k", user: "bo", seconds: 60, reason: "Calm down" });
    for (const id of ["bo1", "bo2"]) {
      expect(world.closed.get(id)).toBe("4423 kicked");
      expect(world.of(id, "error")).toMatchObject([
        { code: "forbidden", reason: "Calm down", until: world.now + MINUTE, retryAfterMs: MINUTE },
      ]);
    }
    world.later(20_000);
    expect(world.join("bo3")).toMatchObject([
      { type: "error", code: "forbidden", reason: "Calm down", retryAfterMs: 40_000 },
    ]);
    expect(world.closed.get("bo3")).toBe("4423 kicked");
    world.later(40_000);
    expect(world.join("bo4")[0]?.type).toBe("welcome");
  });

  it("is told to the room; the reason is for those who moderate", () => {
    const world = club();
    world.frame("mo1", { type: "mod.kick", id: "k", user: "bo", reason: "Calm down" });
    const notice = { action: "kick", user: { id: "bo", name: "bo" }, by: { id: "mo", name: "mo" } };
    expect(world.of("ada1", "mod.notice")).toMatchObject([{ ...notice, reason: "Calm down" }]);
    expect(world.of("cy1", "mod.notice")).toMatchObject([notice]);
    expect(world.of("cy1", "mod.notice")[0]).not.toHaveProperty("reason");
  });
});

describe("who is banned", () => {
  it("is out until the end of it, with a token minted before and one minted after", () => {
    const world = club();
    const before = world.pass("bo");
    world.frame("ada1", { type: "mod.ban", id: "b", user: "bo", seconds: 3_600, reason: "Spam" });
    world.do({ type: "join", connection: "bo3", pass: before, share: 0 });
    world.join("bo4");
    for (const id of ["bo3", "bo4"]) {
      expect(world.closed.get(id)).toBe("4403 forbidden");
      expect(world.of(id, "error")).toMatchObject([
        { reason: "Spam", until: world.now + 3_600_000 },
      ]);
    }
    world.restart(false);
    world.join("bo5");
    expect(world.closed.get("bo5")).toBe("4403 forbidden");
    world.later(3_600_000);
    expect(world.join("bo6")[0]?.type).toBe("welcome");
  });

  it("by a moderator may be let in again by one, though they are not here to be seen", () => {
    const world = club();
    world.frame("mo1", { type: "mod.ban", id: "b", user: "bo" });
    expect(world.frame("mo1", { type: "mod.unban", id: "u", user: "bo" })[0]?.type).toBe("ack");
    expect(world.join("bo3")[0]?.type).toBe("welcome");
    expect(log(world).map(({ action }) => action)).toEqual(["ban", "unban"]);
  });

  it("by the app is out of the room at once, and the app's own log is not doubled here", () => {
    const world = club();
    const ticket = { jti: "t1", presentableUntil: world.now + MINUTE, issuedAt: world.now };
    const by = { id: "ada", name: "Ada" };
    world.do({ type: "sanction", action: "ban", user: "bo", reason: "Spam", by, ticket });
    expect(world.closed.get("bo1")).toBe("4403 forbidden");
    expect(log(world)).toEqual([]);
    world.do({ type: "sanction", action: "ban", user: "cy" });
    expect(log(world)).toMatchObject([{ action: "ban", by: { id: "server" }, user: { id: "cy" } }]);
  });
});

describe("who is muted", () => {
  it("is what those who moderate are told when they ask, here or not, and only while it holds", () => {
    const world = club();
    const asked = (by = "ada1") => world.frame(by, { type: "mod.get", id: "g", user: "bo" });
    expect(asked()).toEqual([{ type: "mod.held", id: "g", user: "bo" }]);
    world.frame("mo1", { type: "mod.mute", id: "m", user: "bo", seconds: 60, reason: "Too loud" });
    const muted = { until: world.now + MINUTE, reason: "Too loud" };
    world.forget("ada1", "cy1");
    expect(asked()).toEqual([{ type: "mod.held", id: "g", user: "bo", muted }]);
    world.do({ type: "leave", connection: "bo1" });
    world.do({ type: "leave", connection: "bo2" });
    world.forget("ada1", "cy1");
    expect(asked()).toMatchObject([{ type: "mod.held", muted }]);
    expect(asked("cy1")).toMatchObject([{ type: "error", id: "g", code: "forbidden" }]);
    world.later(MINUTE);
    world.forget("ada1");
    expect(asked()).toEqual([{ type: "mod.held", id: "g", user: "bo" }]);
    world.frame("ada1", { type: "mod.mute", id: "m2", user: "bo" });
    world.forget("ada1");
    expect(asked()).toMatchObject([{ muted: {} }]);
    world.frame("ada1", { type: "mod.unmute", id: "u", user: "bo" });
    world.forget("ada1");
    expect(asked()[0]).not.toHaveProperty("muted");
  });

  it("hears why, says nothing from the next frame on, is told again on entering, and speaks after", () => {
    const world = club();
    world.frame("mo1", { type: "mod.mute", id: "m", user: "bo", seconds: 60, reason: "Too loud" });
    expect(world.of("bo1", "mod.notice")).toMatchObject([
      { action: "mute", reason: "Too loud", until: world.now + MINUTE },
    ]);
    expect(world.send("bo1", "x")).toMatchObject([
      { type: "error", code: "muted", reason: "Too loud", until: world.now + MINUTE },
    ]);
    world.join("bo3");
    const [welcome] = world.of("bo3", "welcome");
    expect(welcome?.muted).toEqual({ until: world.now + MINUTE, reason: "Too loud" });
    world.later(MINUTE);
    expect(world.send("bo1", "x")[0]?.type).toBe("ack");
    world.join("bo4");
    expect(world.of("bo4", "welcome")[0]).not.toHaveProperty("muted");
  });
});

describe("a slow room", () => {
  it("lets each member speak once in its time, over all their connections and a restart", () => {
    const world = club();
    world.frame("mo1", { type: "mod.slow", id: "s", seconds: 30 });
    expect(world.of("bo1", "room.updated")).toMatchObject([{ slowSeconds: 30 }]);
    expect(world.send("bo1", "one")[0]?.type).toBe("ack");
    world.later(10_000);
    world.restart();
    const refused = { type: "error", code: "rate_limited", retryAfterMs: 20_000, retryable: true };
    expect(world.send("bo2", "two")).toMatchObject([refused]);
    expect(world.send("cy1", "other")[0]?.type).toBe("ack");
    expect(world.send("bo1", "one")[0]?.type).toBe("ack");
    world.later(20_000);
    expect(world.send("bo2", "two")[0]?.type).toBe("ack");
    expect(world.frame("bo1", { type: "chat.edit", id: "e", seq: 1, text: "!" })[0]?.type).toBe(
      "ack",
    );
  });

  it("does not hold up those who moderate, and says in its welcome that it is slow", () => {
    const world = club();
    world.frame("ada1", { type: "mod.slow", id: "s", seconds: 30 });
    for (const id of ["a", "b"]) expect(world.send("mo1", id)[0]?.type).toBe("ack");
    world.join("di1");
    expect(world.of("di1", "welcome")[0]?.room).toMatchObject({ slowSeconds: 30 });
    world.frame("ada1", { type: "mod.slow", id: "q", seconds: 0 });
    for (const id of ["c", "d"]) expect(world.send("bo1", id)[0]?.type).toBe("ack");
  });
});

describe("who loses the voice while typing", () => {
  it.each([
    ["muted", { type: "sanction", action: "mute", user: "bo" }, "muted"],
    ["made a reader", { type: "role", user: "bo", role: "reader" }, "forbidden"],
    ["in a room that is archived", { type: "settings", archived: true, epoch: "x" }, "forbidden"],
  ] as const)("%s: types no more for the others, and cannot begin anew", (_, event, code) => {
    const world = club();
    world.frame("bo1", { type: "typing.set", on: true });
    expect(world.of("cy1", "typing").at(-1)?.users).toMatchObject([{ id: "bo" }]);
    world.do(event);
    expect(world.of("cy1", "typing").at(-1)?.users).toEqual([]);
    world.forget("cy1");
    expect(world.frame("bo2", { type: "typing.set", on: true })).toMatchObject([{ code }]);
    expect(world.of("cy1", "typing")).toEqual([]);
  });
});

describe("what is deleted and cleared", () => {
  it("by a moderator is told to its author with the reason, and logged; one's own is nobody's business", () => {
    const world = club();
    world.send("bo1", "rude");
    world.forget("bo1", "bo2");
    world.frame("mo1", { type: "chat.delete", id: "d", seq: 1, reason: "Rude" });
    expect(world.of("bo2", "mod.notice")).toMatchObject([
      { action: "delete", seq: 1, reason: "Rude" },
    ]);
    expect(log(world)).toMatchObject([
      { action: "delete", user: { id: "bo" }, seq: 1, reason: "Rude" },
    ]);
    world.send("bo1", "mistake");
    world.frame("bo1", { type: "chat.delete", id: "d2", seq: 2 });
    expect(log(world)).toHaveLength(1);
  });

  it("says why to its author and to those who moderate, now and when they come back, and to nobody else", () => {
    const world = club();
    world.join("eve1");
    world.send("bo1", "rude");
    world.frame("mo1", { type: "chat.delete", id: "d", seq: 1, reason: "Rude" });
    expect(world.of("ada1", "mod.notice").at(-1)).toMatchObject({ seq: 1, reason: "Rude" });
    expect(world.of("eve1", "mod.notice")).toEqual([]);
    const told = {
      page: (id: string) => world.frame(id, { type: "history.get", id: "h", limit: 5 }),
      welcome: (id: string, role: Role) => world.join(id, { role }),
      missed: (id: string, role: Role) =>
        world.join(id, { role }, { epoch: "epoch1", after: 1, rev: 0 }),
    };
    for (const [user, role] of [
      ["bo", "member"],
      ["mo", "moderator"],
      ["ada", "owner"],
      ["eve", "member"],
    ] as const) {
      for (const heard of [
        told.page(`${user}1`),
        told.welcome(`${user}8`, role),
        told.missed(`${user}9`, role),
      ]) {
        const words = JSON.stringify(heard);
        expect([user, words.includes("deletedBy"), words.includes("Rude")]).toEqual([
          user,
          true,
          user !== "eve",
        ]);
      }
    }
  });

  it("is a new history for everybody, and the log outlives it", () => {
    const world = club();
    world.send("bo1", "one");
    world.frame("ada1", { type: "mod.clear", id: "c", reason: "Afresh" });
    expect(world.of("bo1", "history")).toMatchObject([{ messages: [], recovered: false }]);
    expect([world.state.seq, world.messages()]).toEqual([0, []]);
    expect(world.state.epoch).not.toBe("epoch1");
    expect(world.frame("ada1", { type: "mod.clear", id: "c2" })).toMatchObject([
      { code: "conflict" },
    ]);
    world.now += 1;
    const first = world.state.epoch;
    world.frame("ada1", { type: "mod.clear", id: "c3" });
    expect(world.state.epoch).not.toBe(first);
    expect(log(world)).toMatchObject([{ action: "clear", reason: "Afresh" }, { action: "clear" }]);
  });
});

describe("the log", () => {
  it("is numbered, read newest first in pages, and refused deeds are not in it", () => {
    const world = club();
    for (let i = 1; i <= 5; i++) world.frame("ada1", { type: "mod.slow", id: `s${i}`, seconds: i });
    world.frame("bo1", { type: "mod.slow", id: "no", seconds: 9 });
    const page = (before?: number) => {
      const { answer } = world.do({ type: "log", of: "audit", limit: 2, before });
      if (!answer?.ok) throw new Error("refused");
      const { entries, hasMore } = answer.body as { entries: AuditEntry[]; hasMore: boolean };
      return [entries.map(({ n, seconds }) => [n, seconds]), hasMore];
    };
    expect(page()).toEqual([
      [
        [5, 5],
        [4, 4],
      ],
      true,
    ]);
    expect(page(4)).toEqual([
      [
        [3, 3],
        [2, 2],
      ],
      true,
    ]);
    expect(page(2)).toEqual([[[1, 1]], false]);
    expect(page(1)).toEqual([[], false]);
  });
});

describe("a report", () => {
  const reports = (world: World) => {
    const { answer } = world.do({ type: "log", of: "reports", limit: 50 });
    return (answer?.ok ? answer.body.entries : []) as Record<string, unknown>[];
  };

  it("keeps the words as they were, is made once per person, and is told to moderators only", () => {
    const world = club();
    world.send("bo1", "rude");
    world.forget("bo1", "cy1", "mo1", "ada1");
    const ask = { type: "chat.report", seq: 1, reason: "Rude" } as const;
    expect(world.frame("cy1", { ...ask, id: "r1" })[0]).toMatchObject({ type: "ack", seq: 1 });
    expect(world.frame("cy1", { ...ask, id: "r2" })[0]?.type).toBe("ack");
    expect(world.of("mo1", "mod.notice")).toMatchObject([{ action: "report", by: { id: "cy" } }]);
    expect(world.heard("bo1")).toEqual([]);
    world.frame("bo1", { type: "chat.delete", id: "d", seq: 1 });
    expect(reports(world)).toMatchObject([
      { n: 1, by: { id: "cy" }, author: { id: "bo" }, text: "rude", reason: "Rude" },
    ]);
    expect(world.frame("ada1", { ...ask, id: "r3" })).toMatchObject([{ code: "not_found" }]);
    world.do({ type: "resolve", report: 1 });
    expect(reports(world)).toEqual([]);
    expect(world.do({ type: "resolve", report: 1 }).answer).toEqual({
      ok: false,
      code: "not_found",
    });
  });

  it("ends with its message deleted: everybody sees it, its author and the log learn why", () => {
    const world = club();
    world.send("bo1", "rude");
    world.frame("cy1", { type: "chat.report", id: "r", seq: 1 });
    world.forget("bo1", "cy1", "mo1", "ada1");
    const by = { id: "mo", name: "Mo" };
    const remove = { by, seq: 1, reason: "Rude" };
    expect(world.do({ type: "resolve", report: 1, remove }).answer?.ok).toBe(true);
    expect(world.of("cy1", "chat.deleted")).toMatchObject([{ seq: 1, by: "mo" }]);
    expect(world.of("cy1", "mod.notice")).toEqual([]);
    expect(world.of("bo1", "mod.notice")).toMatchObject([{ action: "delete", reason: "Rude" }]);
    expect(world.messages()).toMatchObject([{ text: "", deleted: true, deletedBy: "mo" }]);
    expect(log(world)).toMatchObject([{ action: "delete", by, user: { id: "bo" }, seq: 1 }]);
    expect(reports(world)).toEqual([]);
  });

  it("whose message is gone already is settled all the same, and nothing is deleted twice", () => {
    const world = club();
    world.send("bo1", "rude");
    world.frame("cy1", { type: "chat.report", id: "r", seq: 1 });
    world.frame("bo1", { type: "chat.delete", id: "d", seq: 1 });
    const before = world.messages();
    const remove = { by: { id: "mo" }, seq: 1 };
    expect(world.do({ type: "resolve", report: 1, remove }).answer?.ok).toBe(true);
    expect([world.messages(), reports(world), log(world)]).toEqual([before, [], []]);
  });

  it("never takes another message away: not of a new history, not under another number, not in an archive", () => {
    const world = club();
    world.send("bo1", "rude");
    world.frame("cy1", { type: "chat.report", id: "r", seq: 1 });
    expect(reports(world)).toMatchObject([{ seq: 1, cleared: false }]);
    world.send("cy1", "innocent");
    const settle = (seq: number) => {
      const { answer } = world.do({
        type: "resolve",
        report: 1,
        remove: { by: { id: "mo" }, seq },
      });
      return answer?.ok ? "done" : answer?.code;
    };
    expect(settle(2)).toBe("conflict");
    world.do({ type: "settings", archived: true, epoch: "unused" });
    expect(settle(1)).toBe("forbidden");
    world.do({ type: "settings", archived: false, epoch: "unused" });
    world.do({ type: "role", user: "cy", role: "member" });
    world.do({ type: "clear", epoch: "epoch2" });
    world.send("cy1", "fresh and innocent");
    expect(settle(1)).toBe("conflict");
    expect(world.messages()).toMatchObject([{ seq: 1, text: "fresh and innocent" }]);
    expect(reports(world)).toMatchObject([{ n: 1, text: "rude", cleared: true }]);
    expect(reports(world)[0]).not.toHaveProperty("epoch");
  });

  it("cannot be made without measure", () => {
    const world = club();
    for (let i = 0; i < 12; i++) world.send("bo1", `m${i}`);
    const codes = Array.from({ length: 12 }, (_, i) => {
      const [answer] = world.frame("cy1", { type: "chat.report", id: `r${i}`, seq: i + 1 });
      return answer?.type === "error" ? answer.code : answer?.type;
    });
    expect(codes).toEqual([...Array<string>(10).fill("ack"), "rate_limited", "rate_limited"]);
  });
});
