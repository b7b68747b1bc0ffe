import { expect, it } from "vitest";
import type { Target } from "./find";
import { find } from "./find";

const target = (name: string, kind: Target["kind"] = "room"): Target => ({
  kind,
  id: kind === "room" ? name.toLowerCase().replaceAll(" ", "-") : "id-0",
  name,
});
const names = (query: string, ...all: string[]) =>
  find(
    all.map((name) => target(name)),
    query,
  ).map(({ name }) => name);

it("finds by beginning, word, part and order of letters, the closest first", () => {
  expect(names("gen", "Green", "Agenda", "My General", "General")).toEqual([
    "General",
    "My General",
    "Agenda",
    "Green",
  ]);
});

it("takes no notice of case and accents", () => {
  expect(names("ELO", "Élodie", "Bo")).toEqual(["Élodie"]);
});

it("wants every word, in any order", () => {
  expect(names("room two", "Room one", "Two rooms")).toEqual(["Two rooms"]);
});

it("gives everything, as it stands, for no words, and nothing for what is not there", () => {
  expect(names(" ", "B", "A")).toEqual(["B", "A"]);
  expect(names("xyz", "B", "A")).toEqual([]);
});

it("finds a room by a part of its id too, and nobody by theirs", () => {
  const room = { kind: "room", id: "night-shift-2", name: "Those who are awake" } as const;
  const bo = { kind: "person", id: "x-z-y-z-night-z", name: "Bo" } as const;
  expect(find([bo, room], "night")).toEqual([room]);
  expect(find([bo, { ...room, id: "z1z2z3" }], "zzz")).toEqual([]);
});
