import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { historyPrefixes, keys } from "../lib/room/keys";
import type { Readable } from "./storage";
import { Standings } from "./standings";

/** The engine's storage over a map, and the keys it was asked for. */
function disk() {
  const stored = new Map<string, unknown>();
  const asked: string[] = [];
  const get = async (names: string[]) => {
    asked.push(...names);
    return new Map(names.filter((key) => stored.has(key)).map((key) => [key, stored.get(key)]));
  };
  const storage = { get, list: async () => new Map(stored) } as unknown as Readable;
  return { stored, storage, asked };
}

const NAMES = [
  ...["ada", "bo", "cy"].flatMap((user) => [
    ...[keys.mute(user), keys.ban(user), keys.read("e1", user), keys.spoke(user)],
    ...[keys.sent("e1", user, "m1"), keys.revokedSession(`of-${user}`)],
  ]),
  ...[keys.message("e1", 1), keys.meta, keys.spent(5, "token")],
];

describe("what is remembered of people", () => {
  it("is at any time what the storage has, whatever is written, deleted, dropped, or fails", async () => {
    const key = fc.constantFrom(...NAMES);
    const step = fc.oneof(
      fc.record({ put: fc.uniqueArray(key, { minLength: 1, maxLength: 4 }) }),
      fc.record({ delete: key }),
      fc.constant({ drop: historyPrefixes("e1") }),
      fc.record({ half: key }),
      fc.record({ look: fc.uniqueArray(key) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { stored, storage } = disk();
        const standings = new Standings(storage, 6);
        let n = 0;
        for (const one of steps) {
          const [put, gone] = [new Map<string, unknown>(), new Set<string>()];
          let dropPrefixes: string[] = [];
          if ("put" in one) for (const name of one.put) put.set(name, ++n);
          if ("delete" in one) gone.add(one.delete);
          if ("drop" in one) dropPrefixes = one.drop;
          for (const [name, value] of put) stored.set(name, value);
          for (const name of [...stored.keys()]) {
            const isDropped = dropPrefixes.some((prefix) => name.startsWith(prefix));
            if (gone.has(name) || isDropped) stored.delete(name);
          }
          standings.follow({ put, delete: gone, dropPrefixes });
          if ("half" in one) {
            stored.set(one.half, ++n);
            standings.forget();
          }
          if ("look" in one) {
            const [told, kept] = [standings, storage].map((at) => at.get(one.look));
            expect(await told).toEqual(await kept);
          }
        }
      }),
    );
  });

  it("is asked for once while the room is awake, also where there is nothing", async () => {
    const { storage, stored, asked } = disk();
    stored.set(keys.mute("ada"), { until: null });
    const standings = new Standings(storage);
    const wanted = [keys.sent("e1", "ada", "m1"), keys.mute("ada"), keys.ban("ada")];
    for (let at = 0; at < 3; at++) {
      expect((await standings.get(wanted)).get(keys.mute("ada"))).toEqual({ until: null });
    }
    expect(asked).toEqual([...wanted, wanted[0], wanted[0]]);
  });

  it("is not all of everybody who ever came", async () => {
    const { storage, asked } = disk();
    const standings = new Standings(storage, 2);
    for (const user of ["ada", "bo", "cy", "ada"]) await standings.get([keys.mute(user)]);
    expect(asked).toEqual(["ada", "bo", "cy", "ada"].map(keys.mute));
  });
});
