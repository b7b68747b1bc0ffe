import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keys } from "../lib/room/keys";
import { Newest, newestFrom } from "./newest";
import { lookUp, type Readable } from "./storage";

/** The engine's storage over a map, and how often it was asked for a range. */
function disk() {
  const stored = new Map<string, unknown>();
  let asked = 0;
  const list = async ({ prefix = "", start = "", end = "~" }: DurableObjectListOptions) => {
    asked++;
    const found = [...stored].filter(([k]) => k.startsWith(prefix) && k >= start && k < end);
    return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const storage = { list, get: async () => new Map() } as unknown as Readable;
  return { stored, storage, asked: () => asked };
}
type Disk = ReturnType<typeof disk>;

/** A write as the room makes it: to the storage, and then told. */
function write({ stored }: Disk, newest: Newest, put: [string, unknown][], gone: string[] = []) {
  for (const [key, value] of put) stored.set(key, value);
  for (const key of gone) stored.delete(key);
  newest.follow({ put: new Map(put), delete: new Set(gone), dropPrefixes: [] });
}

const page = (epoch: string, from: number) => newestFrom(epoch, keys.message(epoch, from));

describe("the newest messages", () => {
  it("are at any time what the storage has, whatever is written, changed, dropped or begun anew", async () => {
    const step = fc.oneof(
      fc.record({ say: fc.integer({ min: 1, max: 70 }) }),
      fc.record({ change: fc.nat(150) }),
      fc.record({ drop: fc.nat(150) }),
      fc.record({ look: fc.nat(150) }),
      fc.constant({ anew: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const under = disk();
        const newest = new Newest(under.storage);
        let [epoch, seq, floor] = ["a", 0, 0];
        for (const one of steps) {
          if ("say" in one) {
            const said = Array.from({ length: one.say }, () => keys.message(epoch, ++seq));
            write(
              under,
              newest,
              said.map((key) => [key, "said"]),
            );
          } else if ("change" in one) {
            const at = seq - one.change;
            if (at > floor) write(under, newest, [[keys.message(epoch, at), `changed ${at}`]]);
          } else if ("drop" in one) {
            const oldest = Math.min(seq, floor + one.drop);
            const gone = [];
            while (floor < oldest) gone.push(keys.message(epoch, ++floor));
            write(under, newest, [], gone);
          } else if ("look" in one) {
            const from = Math.max(0, seq - one.look) + 1;
            const [told, kept] = [newest, under.storage].map((at) => at.list(page(epoch, from)));
            expect([...(await told!)]).toEqual([...(await kept!)]);
          } else {
            [epoch, seq, floor] = [`${epoch}x`, 0, 0];
          }
        }
      }),
    );
  });

  it("are asked for once while the room is awake", async () => {
    const under = disk();
    const newest = new Newest(under.storage);
    for (let seq = 1; seq <= 60; seq++) under.stored.set(keys.message("a", seq), seq);
    await newest.list(page("a", 11));
    write(under, newest, [[keys.message("a", 61), 61]]);
    expect((await newest.list(page("a", 12))).size).toBe(50);
    expect(under.asked()).toBe(1);
  });

  it("are not all of a long history", async () => {
    const under = disk();
    const newest = new Newest(under.storage);
    for (let seq = 1; seq <= 500; seq++) under.stored.set(keys.message("a", seq), seq);
    expect((await newest.list(page("a", 1))).size).toBe(500);
    await newest.list(page("a", 401));
    expect(under.asked()).toBe(1);
    await newest.list(page("a", 400));
    expect(under.asked()).toBe(2);
  });

  it("end with the newest that counts, where a write that failed has left one after it", async () => {
    const under = disk();
    for (let seq = 1; seq <= 4; seq++) under.stored.set(keys.message("a", seq), { seq });
    const room = { epoch: "a", seq: 3 };
    const found = await lookUp(new Newest(under.storage), room, {
      keys: [],
      page: { from: 2, to: 3 },
    });
    expect(found.page.map(({ seq }) => seq)).toEqual([2, 3]);
  });
});
