import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Storage } from "./engine";
import { Pending } from "./pending";

type Options = Exclude<Parameters<Storage["list"]>[0], undefined>;

/** The engine's storage, as far as it is read. */
function stored(entries: Map<string, unknown>): Pick<Storage, "get" | "list"> {
  const list = async ({ prefix = "", start = "", end = "~", limit, reverse }: Options = {}) => {
    const keys = [...entries.keys()].filter(
      (key) => key.startsWith(prefix) && key >= start && key < end,
    );
    keys.sort();
    if (reverse) keys.reverse();
    return new Map(keys.slice(0, limit).map((key) => [key, entries.get(key)]));
  };
  const get = async (keys: string[]) =>
    new Map(keys.filter((key) => entries.has(key)).map((key) => [key, entries.get(key)]));
  return { get, list } as unknown as Pick<Storage, "get" | "list">;
}

const key = fc.constantFrom("m/1", "m/2", "m/3", "m/4", "n/1", "n/2");
const written = fc.record({
  put: fc.array(fc.tuple(key, fc.nat())).map((all) => new Map<string, unknown>(all)),
  drop: fc.array(key),
});

describe("what is not written yet", () => {
  it("reads as it will when it is", async () => {
    const options = fc.record(
      {
        prefix: fc.constantFrom("m/", "n/"),
        start: key,
        end: key,
        limit: fc.integer({ min: 1, max: 4 }),
        reverse: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(key, fc.nat())),
        fc.array(written, { maxLength: 4 }),
        options,
        async (before, steps, asked) => {
          const disk = new Map<string, unknown>(before);
          const pending = new Pending(stored(new Map(disk)));
          for (const { put, drop } of steps) {
            pending.add({
              put,
              delete: new Set(drop.filter((name) => !put.has(name))),
              dropPrefixes: [],
            });
            for (const [name, value] of put) disk.set(name, value);
            for (const name of drop) if (!put.has(name)) disk.delete(name);
          }
          const names = ["m/1", "m/4", "n/2"];
          expect(await pending.get(names)).toEqual(await stored(disk).get(names));
          expect([...(await pending.list(asked))]).toEqual([...(await stored(disk).list(asked))]);
          const { put, delete: gone } = pending.writes;
          const later = new Map(before as [string, unknown][]);
          for (const name of gone) later.delete(name);
          for (const [name, value] of put) later.set(name, value);
          expect(later).toEqual(disk);
        },
      ),
    );
  });

  it("is recalled without a question where it is known, and not where a range is asked for", async () => {
    const pending = new Pending(stored(new Map([["a", 1]])));
    expect(pending.recall({ keys: ["a"] })).toBeNull();
    await pending.fetch([{ keys: ["a"] }, { keys: ["b"] }]);
    const { values } = pending.recall({ keys: ["a", "b"] }) ?? { values: new Map() };
    expect(["a", "b"].map((key) => values.get(key))).toEqual([1, undefined]);
    expect(pending.recall({ keys: ["a"], named: [] })?.values.get("a")).toBe(1);
    expect(pending.recall({ keys: ["a"], page: { from: 1, to: 2 } })).toBeNull();
    expect(pending.recall({ keys: ["a"], named: ["named/ada/"] })).toBeNull();
  });
});
