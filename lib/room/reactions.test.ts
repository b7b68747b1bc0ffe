import { describe, expect, it } from "vitest";
import { changeReaction } from "./reactions";

const on = (emoji: string) => ({ emoji, on: true });
const off = (emoji: string) => ({ emoji, on: false });

describe("a reaction", () => {
  it("is given and taken back, once per person and kind", () => {
    const one = changeReaction({}, on("👍"), "ada");
    expect(one).toEqual({ "👍": ["ada"] });
    expect(changeReaction(one ?? {}, on("👍"), "ada")).toEqual(one);
    const two = changeReaction(one ?? {}, on("👍"), "grace") ?? {};
    expect(two).toEqual({ "👍": ["ada", "grace"] });
    expect(changeReaction(two, off("👍"), "ada")).toEqual({ "👍": ["grace"] });
    expect(changeReaction({ "👍": ["ada"] }, off("👍"), "ada")).toEqual({});
    expect(changeReaction({}, off("🎉"), "ada")).toEqual({});
  });

  it.each(["🇮🇹", "1️⃣", "👩‍👩‍👧", "❤️", "👍🏽"])("may be %s", (emoji) => {
    expect(changeReaction({}, on(emoji), "ada")).toEqual({ [emoji]: ["ada"] });
  });

  it.each(["__proto__", "constructor", "x", "1", "👍x", "<b>", " "])("may not be %j", (emoji) => {
    expect(changeReaction({}, on(emoji), "ada")).toBeNull();
  });

  it("is bounded in kinds and people, so that a message stays one stored value", () => {
    const kinds = Object.fromEntries(
      [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓"].map((e) => [e, ["x"]]),
    );
    expect(changeReaction(kinds, on("👍"), "ada")).toBeNull();
    expect(changeReaction(kinds, on("😀"), "ada")).not.toBeNull();
    const crowd = { "👍": Array.from({ length: 200 }, (_, i) => `p${i}`) };
    expect(changeReaction(crowd, on("👍"), "ada")).toBeNull();
    expect(changeReaction(crowd, on("👍"), "p7")).toEqual(crowd);
  });
});
