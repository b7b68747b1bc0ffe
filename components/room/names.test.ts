import { describe, expect, it } from "vitest";
import type { MessageView } from "@/lib/client/types";
import { listNames, namesOf, speakersIn } from "./names";

const names = new Map([
  ["ada", "Ada"],
  ["bo", "Bo"],
]);

describe("who reacted", () => {
  it.each([
    [["ada"], "ada", "you"],
    [["ada", "bo"], "ada", "Bo and you"],
    [["ada", "bo"], "cy", "Ada and Bo"],
    [["ada", "x", "y"], "bo", "Ada and 2 others"],
    [["x"], undefined, "1 other"],
  ])("%j seen by %s is %s", (ids, me, words) => expect(listNames(ids, names, me)).toBe(words));

  it("is never longer than a line", () => {
    const many = Array.from({ length: 200 }, (_, n) => `p${n}`);
    const known = new Map(many.map((id) => [id, id.toUpperCase()]));
    expect(listNames(many, known, "p0")).toMatch(/^P1, .*P8, you,? and 191 others$/);
  });
});

describe("who has spoken", () => {
  const said = (...users: string[]): MessageView[] =>
    users.map((word, at) => {
      const [id = "", name = ""] = word.split(":");
      const user = { id, name };
      return {
        key: `${at}`,
        id: `${at}`,
        seq: at,
        user,
        text: "",
        ts: 0,
        state: "sent",
        mine: false,
      };
    });
  const words = (messages: readonly MessageView[]) =>
    speakersIn(messages).map(({ id, name }) => `${id}:${name}`);

  it("is everybody once under each name, the newest name of a person last", () => {
    const before = said("a:Ada", "b:Bo", "a:Ada", "a:Countess", "b:Bo");
    expect(words(before)).toEqual(["a:Ada", "b:Bo", "a:Countess"]);
    const after = [...before, ...said("a:Ada", "c:Cy")];
    expect(words(after)).toEqual(["b:Bo", "a:Countess", "a:Ada", "c:Cy"]);
    expect(namesOf({ people: [], messages: after }).get("a")).toBe("Ada");
  });

  it("is the same list as long as nobody is new", () => {
    const before = said("a:Ada", "b:Bo");
    const list = speakersIn(before);
    expect(speakersIn([...before, ...said("b:Bo", "a:Ada")])).toBe(list);
  });

  it("knows nobody of another room, or whose messages are not there any more", () => {
    expect(words(said("a:Ada", "b:Bo"))).toEqual(["a:Ada", "b:Bo"]);
    expect(words(said("b:Bo"))).toEqual(["b:Bo"]);
    expect(words(said("c:Cy", "b:Bo"))).toEqual(["c:Cy", "b:Bo"]);
  });
});
