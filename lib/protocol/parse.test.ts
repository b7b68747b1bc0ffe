import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import {
  characters,
  errorFrame,
  isBlank,
  MAX_FRAME_BYTES,
  parseClientFrame,
  parseServerFrames,
} from ".";
import { ClientFrame } from "./client-frames";

const send = (extra: object = {}) =>
  JSON.stringify({ type: "chat.send", id: "a1", text: "hello", ...extra });

describe("a client frame", () => {
  it("is read field by field, and what is not in the contract is dropped", () => {
    const parsed = parseClientFrame(send({ from: "mallory", seq: 9, ts: 1 }));
    expect(parsed).toEqual({ ok: true, frame: { type: "chat.send", id: "a1", text: "hello" } });
  });

  it("that does not fit gives its id back, so that the refusal can name it", () => {
    const raw = JSON.stringify({ type: "chat.send", id: "a1", text: 5 });
    expect(parseClientFrame(raw)).toEqual({ ok: false, code: "bad_request", id: "a1" });
  });

  it.each([
    ["not JSON", "{"],
    ["no object", '"chat.send"'],
    ["null", "null"],
    ["an array", `[${send()}]`],
    ["an unknown type", '{"type":"chat.shout","id":"a"}'],
    ["an empty id", send({ id: "" })],
    ["an id that is too long", send({ id: "x".repeat(65) })],
    ["a lone surrogate", send({ text: "\ud800" })],
    ["a reply to no message", send({ replyTo: 0 })],
    ["a fraction as sequence", '{"type":"read.set","seq":1.5}'],
    ["a number too large to count with", '{"type":"read.set","seq":1e308}'],
    ["a negative sequence", '{"type":"history.get","id":"h","before":-1,"limit":10}'],
    ["a limit over the page", '{"type":"history.get","id":"h","limit":101}'],
    ["a status nobody can set", '{"type":"presence.set","status":"offline"}'],
  ])("is refused: %s", (_, raw) => {
    expect(parseClientFrame(raw)).toMatchObject({ ok: false, code: "bad_request" });
  });

  it("is what the schema of its type says, as if it were tried against all", () => {
    const types = ClientFrame.options.map(({ entries }) => entries.type.literal);
    const frame = fc.record(
      {
        type: fc.constantFrom<unknown>(...types, "chat.shout", 5, null),
        ...{ id: fc.constantFrom("a1", ""), user: fc.constantFrom("ada", 7) },
        ...{ text: fc.string(), token: fc.string(), emoji: fc.constantFrom("👋", "") },
        ...{ seq: fc.constantFrom(1, -1, 1.5), limit: fc.constantFrom(10, 1_000) },
        ...{ on: fc.boolean(), status: fc.constantFrom("away", "offline") },
        ...{ seconds: fc.constantFrom(0, 60, -1), reason: fc.string(), before: fc.nat() },
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(frame, (value) => {
        const tried = v.safeParse(ClientFrame, value);
        const parsed = parseClientFrame(JSON.stringify(value));
        expect(parsed.ok ? parsed.frame : null).toEqual(tried.success ? tried.output : null);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is measured in bytes before it is read", () => {
    const base = send({ text: "" }).length;
    expect(parseClientFrame(send({ text: "x".repeat(MAX_FRAME_BYTES - base) })).ok).toBe(true);
    const over = send({ text: "€".repeat(Math.ceil((MAX_FRAME_BYTES - base) / 3) + 1) });
    expect(parseClientFrame(over)).toEqual({ ok: false, code: "too_large" });
  });

  it("never throws and never pollutes a prototype, whatever arrives", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (raw) => {
        expect(typeof parseClientFrame(raw).ok).toBe("boolean");
      }),
    );
    parseClientFrame('{"type":"ping","__proto__":{"polluted":1}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("a server message", () => {
  it("is one frame or several in order; what is not understood is counted and left out", () => {
    const raw = JSON.stringify([
      { type: "pong" },
      { type: "later" },
      { type: "drain", retryInMs: 5 },
    ]);
    expect(parseServerFrames(raw)).toEqual({
      frames: [{ type: "pong" }, { type: "drain", retryInMs: 5 }],
      unknown: 1,
    });
    expect(parseServerFrames('{"type":"pong","id":"1"}').frames).toHaveLength(1);
    expect(parseServerFrames(new ArrayBuffer(2))).toEqual({ frames: [], unknown: 1 });
  });

  it("has error texts that are constant per code", () => {
    expect(errorFrame("rate_limited", { id: "x", retryAfterMs: 100 })).toEqual({
      type: "error",
      id: "x",
      code: "rate_limited",
      message: "Too many messages at once.",
      retryable: true,
      retryAfterMs: 100,
    });
    expect(errorFrame("internal")).not.toHaveProperty("id");
  });
});

describe("text", () => {
  it("is counted as people count it", () => {
    expect(characters("a😀é")).toBe(3);
  });

  it.each(["", " \n\t", "\u200b\u2060", "\u3164", "\u00ad"])("%j shows nothing", (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(["a", "👋", ".", "مرحبا"])("%j shows something", (text) => {
    expect(isBlank(text)).toBe(false);
  });
});
