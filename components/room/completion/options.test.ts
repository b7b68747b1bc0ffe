import { describe, expect, it } from "vitest";
import type { Shortcode } from "@/lib/client/shortcodes";
import { emojiOptions, peopleOptions } from "./options";

const people = ["Grace", "Ada Lovelace", "Lovis", "Adam", "Clover"].map((name) => ({
  id: name,
  name,
  status: "active" as const,
}));
const texts = (typed: string) => peopleOptions(people, typed).map((option) => option.text);

describe("people to choose from", () => {
  it("come in order of how well their name fits what was typed", () => {
    expect(texts("ad")).toEqual(["@Ada Lovelace ", "@Adam "]);
    expect(texts("lov")).toEqual(["@Lovis ", "@Ada Lovelace ", "@Clover "]);
    expect(texts("")).toHaveLength(5);
  });

  it("are none for what nobody is called, and none once a name is whole", () => {
    expect(texts("zoe")).toEqual([]);
    expect(texts("Ada Lovelace has")).toEqual([]);
    expect(texts("grace")).toEqual([]);
    expect(texts("ada lovelace")).toEqual([]);
  });
});

const emoji: Shortcode[] = [
  ["😃", "grinning_face", ["smiley"]],
  ["👍", "thumbs_up", ["+1", "yes"]],
  ["👎", "thumbs_down", ["-1"]],
  ["🧵", "thread", []],
  ["🦷", "tooth", []],
];
const names = (typed: string) => emojiOptions(emoji, typed).map((option) => option.key);

describe("emoji to choose from", () => {
  it("are found by name and by the other names people know", () => {
    expect(names("th")).toEqual(["thumbs_up", "thumbs_down", "thread", "tooth"]);
    expect(names("+1")).toEqual(["thumbs_up"]);
    expect(names("SMI")).toEqual(["grinning_face"]);
    expect(names("xyz")).toEqual([]);
  });

  it("stand there by the name that was typed", () => {
    expect(emojiOptions(emoji, "smi")).toMatchObject([{ text: "😃 ", name: "smiley" }]);
    expect(emojiOptions(emoji, "grin")).toMatchObject([{ name: "grinning_face" }]);
  });

  it("are a handful, however many fit", () => {
    const many = Array.from({ length: 50 }, (_, index): Shortcode => ["x", `cat_${index}`, []]);
    expect(emojiOptions(many, "cat")).toHaveLength(6);
  });
});
