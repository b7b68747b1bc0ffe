import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientFrame } from "../protocol/client-frames";
import { World } from "./testing/world";

describe("a message", () => {
  it("is acknowledged to its sender, told to everybody, and stored trimmed", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.forget("grace");
    const [ack, own] = world.send("ada", "x", "  hello \n");
    expect(ack).toEqual({ type: "ack", id: "x", seq: 1, ts: world.now });
    expect(own).toMatchObject({ type: "chat.message", seq: 1, text: "hello", user: { id: "ada" } });
    expect(world.heard("grace")).toEqual([own]);
    expect(world.messages()).toMatchObject([{ seq: 1, text: "hello" }]);
  });

  it("may be acknowledged after it was told; a change of it may not, which shows at once", () => {
    const world = new World();
    world.join("ada");
    const late = (frame: ClientFrame) =>
      world
        .do({ type: "frame", connection: "ada", frame })
        .effects.filter((effect) => effect.type === "send" && effect.late).length;
    expect(late({ type: "chat.send", id: "x", text: "hello" })).toBe(1);
    expect(late({ type: "chat.edit", id: "y", seq: 1, text: "hallo" })).toBe(0);
  });

  it("with a known id gets the first answer, stores nothing and tells nobody", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    const [ack] = world.send("ada", "x");
    world.forget("grace");
    world.later(60_000);
    world.restart();
    expect(world.send("ada", "x", "other text")).toEqual([ack]);
    expect(world.heard("grace")).toEqual([]);
    expect(world.send("grace", "x")).toMatchObject([{ type: "ack", seq: 2 }, {}]);
  });

  it("has a text of 1 to 4 000 characters, counted as people do", () => {
    const world = new World();
    world.join("ada");
    expect(world.send("ada", "a", "🎈".repeat(4_000))[0]).toMatchObject({ type: "ack" });
    expect(world.send("ada", "b", "🎈".repeat(4_001))).toMatchObject([
      { id: "b", code: "too_large" },
    ]);
    for (const blank of ["", "  ", "\u200b", "\u2800\u3164", "\n\t"]) {
      expect(world.send("ada", "c", blank)).toMatchObject([{ id: "c", code: "empty_message" }]);
    }
    expect(world.messages()).toHaveLength(1);
  });

  it("answers only what exists", () => {
    const world = new World();
    world.join("ada");
    const frame = { type: "chat.send", id: "x", text: "x", replyTo: 1 } as const;
    expect(world.frame("ada", frame)).toMatchObject([{ code: "not_found" }]);
    world.send("ada", "first");
    expect(world.frame("ada", frame)[1]).toMatchObject({ seq: 2, replyTo: 1 });
  });

  it("is numbered without holes and stored once, whatever comes in which order", () => {
    const action = fc.record({
      who: fc.constantFrom("ada", "grace", "linus"),
      id: fc.integer({ min: 0, max: 8 }),
      text: fc.constantFrom("hello", " ", "x".repeat(5_000)),
      then: fc.constantFrom("", "", "", "evict", "kill", "wait"),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const world = new World();
        const people = ["ada", "grace", "linus"];
        for (const who of people) world.join(who);
        const acks = new Map<string, unknown>();
        for (const { who, id, text, then } of actions) {
          const [answer] = world.send(who, `id${id}`, text);
          if (answer?.type === "ack") {
            const name = `${who} ${answer.id}`;
            if (acks.has(name)) expect(answer).toEqual(acks.get(name));
            acks.set(name, answer);
            expect(world.messages()[answer.seq - 1]).toMatchObject({
              user: { id: who },
              id: answer.id,
            });
          }
          if (then === "wait") world.later(3_000);
          if (then === "evict") world.restart();
          if (then === "kill") {
            world.restart(false);
            for (const person of people) world.join(person);
          }
        }
        expect(world.messages().map(({ seq }) => seq)).toEqual(
          world.messages().map((_, i) => i + 1),
        );
        expect(world.messages()).toHaveLength(acks.size);
      }),
      { numRuns: 100 },
    );
  });
});

describe("limits", () => {
  it("let a burst of 20 and then 10 a second through; refused ones do not count", () => {
    const world = new World();
    world.join("ada");
    for (let i = 0; i < 20; i++) world.send("ada", `m${i}`);
    expect(world.send("ada", "late")).toMatchObject([
      { code: "rate_limited", id: "late", retryAfterMs: 100 },
    ]);
    for (let i = 0; i < 20; i++) world.send("ada", "late");
    world.now += 100;
    expect(world.send("ada", "late")[0]).toMatchObject({ type: "ack", seq: 21 });
  });

  it("hold one person over all their connections", () => {
    const world = new World({ ...new World().config, messagesPerMinute: 30 });
    world.join("ada1");
    world.join("ada2");
    for (let i = 0; i < 15; i++) world.send("ada1", `a${i}`);
    for (let i = 0; i < 15; i++) world.send("ada2", `b${i}`);
    expect(world.send("ada2", "late")).toMatchObject([
      { code: "rate_limited", retryAfterMs: 2_000 },
    ]);
    world.join("grace");
    expect(world.send("grace", "free")[0]).toMatchObject({ type: "ack" });
  });

  it("apply to the answers too: who goes on is sent away", () => {
    const world = new World();
    world.join("ada");
    for (let i = 0; i < 90 && world.closed.size === 0; i++) world.send("ada", `m${i}`);
    expect(world.closed.get("ada")).toBe("4429 rate_limited");
    expect(world.messages()).toHaveLength(20);
  });
});

describe("a change that is sent again, for want of an answer", () => {
  it("gets the first answer, and undoes nothing that came after it", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.send("ada", "x");
    const edit = (id: string, text: string) => ({ type: "chat.edit", id, seq: 1, text }) as const;
    const [ack] = world.frame("ada", edit("from the phone", "old"));
    world.later(1_000);
    world.frame("ada", edit("from the laptop", "new"));
    const react = { type: "chat.react", seq: 1, emoji: "👍" } as const;
    world.frame("grace", { ...react, id: "on", on: true });
    world.frame("grace", { ...react, id: "off", on: false });
    world.restart();
    expect(world.frame("ada", edit("from the phone", "old"))).toEqual([ack]);
    expect(world.frame("grace", { ...react, id: "on", on: true })).toMatchObject([{ type: "ack" }]);
    expect(world.messages()).toMatchObject([{ text: "new" }]);
    expect(world.messages()[0]?.reactions ?? {}).toEqual({});
  });

  it("is another person's own, whatever its id", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.send("ada", "x");
    const react = { type: "chat.react", id: "r", seq: 1, emoji: "👍", on: true } as const;
    world.frame("ada", react);
    world.frame("grace", react);
    expect(world.messages()).toMatchObject([{ reactions: { "👍": ["ada", "grace"] } }]);
  });
});

describe("rights", () => {
  it("let people change their own, and moderators delete any", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.join("mod", { role: "moderator" });
    world.join("eve", { role: "reader" });
    world.send("ada", "x");
    const edit = { type: "chat.edit", id: "e", seq: 1, text: "changed" } as const;
    const remove = { type: "chat.delete", id: "d", seq: 1 } as const;
    for (const who of ["grace", "eve"]) {
      expect(world.frame(who, edit)).toMatchObject([{ code: "forbidden" }]);
      expect(world.frame(who, remove)).toMatchObject([{ code: "forbidden" }]);
    }
    expect(world.frame("mod", edit)).toMatchObject([{ code: "forbidden" }]);
    expect(world.frame("ada", edit)[1]).toMatchObject({ type: "chat.updated", text: "changed" });
    expect(world.frame("mod", remove)[1]).toMatchObject({ type: "chat.deleted", by: "mod" });
    expect(world.frame("ada", { ...edit, id: "e2" })).toMatchObject([{ code: "not_found" }]);
    expect(world.frame("ada", remove)).toMatchObject([{ type: "ack", seq: 1 }]);
    expect(world.messages()).toEqual([
      {
        ...{ seq: 1, id: "x", user: { id: "ada", name: "ada" }, ts: world.now },
        ...{ text: "", deleted: true, deletedBy: "mod" },
      },
    ]);
  });
});
