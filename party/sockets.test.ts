import { beforeEach, describe, expect, it } from "vitest";
import { UNHEARD_CHARACTERS, UNHEARD_MS } from "../lib/protocol/limits";
import type { Connection } from "./engine";
import { Sockets } from "./sockets";

class FakeConnection implements Connection {
  readonly state = null;
  readonly readyState = 1;
  readonly told: string[] = [];
  readonly closings: unknown[][] = [];
  constructor(readonly id: string) {}
  setState() {}
  send(text: string) {
    if (text === "breaks" && this.id === "ada") throw new Error("gone");
    this.told.push(text);
  }
  close(...how: unknown[]) {
    this.closings.push(how);
  }
}

const MUCH = "x".repeat(UNHEARD_CHARACTERS);
const everybody = (text: string) => ({ to: ["ada", "bo"], text });
let ada: FakeConnection;
let bo: FakeConnection;
let sockets: Sockets;
let now: number;
/** What had been told each time that the runtime was given time to write, and what was waited for. */
let rests: [number, "stored" | "written"][];
let meanwhile: () => void;
let lost: string[];
const rest = (what: "stored" | "written") => async () => {
  rests.push([told(), what]);
  meanwhile();
};
/** Gives back who was lost. */
async function deliver(...what: Parameters<Sockets["deliver"]>): Promise<string[]> {
  lost = [];
  await sockets.deliver(...what);
  return lost;
}
const told = () => ada.told.length + bo.told.length;
beforeEach(() => {
  [ada, bo] = [new FakeConnection("ada"), new FakeConnection("bo")];
  now = 0;
  rests = [];
  meanwhile = () => undefined;
  lost = [];
  sockets = new Sockets(
    rest("stored"),
    (id) => lost.push(id),
    () => now,
    rest("written"),
  );
  sockets.add(ada);
  sockets.add(bo);
});

describe("a connection that is told much and heard no more", () => {
  it("is closed 4408 slow_consumer, and the others hear all of it", async () => {
    now = UNHEARD_MS;
    expect(await deliver([everybody(MUCH)])).toEqual([]);
    sockets.heard("bo");
    now += 1;
    expect(await deliver([everybody("more")])).toEqual(["ada"]);
    expect(ada.closings).toEqual([[4408, "slow_consumer"]]);
    expect([bo.told, bo.closings]).toEqual([[MUCH, "more"], []]);
    expect(await deliver([everybody("later")]), "is told of once").toEqual([]);
    expect(ada.told).toEqual([MUCH]);
  });

  it("stays while it pings as agreed, in a room as loud as can be", async () => {
    for (let at = 0; at < 100; at += 1) {
      sockets.heard("ada");
      sockets.heard("bo");
      now += UNHEARD_MS;
      for (let more = 0; more < 3; more += 1) {
        expect(await deliver([everybody(MUCH)])).toEqual([]);
      }
    }
  });

  it("stays however long it is silent, if it was told little", async () => {
    now = 1_000 * UNHEARD_MS;
    expect(await deliver([everybody("a word")])).toEqual([]);
    expect(ada.closings).toEqual([]);
  });
});

it("one dying socket costs the others nothing, and is given back", async () => {
  expect(await deliver([everybody("breaks")])).toEqual(["ada"]);
  expect(bo.told).toEqual(["breaks"]);
});

it("who missed a frame is told no later one", async () => {
  expect(await deliver([everybody("breaks"), everybody("later")])).toEqual(["ada"]);
  expect(ada.told).toEqual([]);
  expect(bo.told).toEqual(["breaks", "later"]);
});

it("who is to go is closed when all is told", async () => {
  const closing = { connection: "ada", code: 4401, reason: "revoked" } as const;
  expect(await deliver([everybody("a"), everybody("b")], [closing])).toEqual([]);
  expect([ada.told, ada.closings]).toEqual([["a", "b"], [[4401, "revoked"]]]);
  await deliver([everybody("c")]);
  expect([ada.told, bo.told]).toEqual([
    ["a", "b"],
    ["a", "b", "c"],
  ]);
});

it("who hears something else instead is not told", async () => {
  expect(await deliver([{ to: ["ada", "bo"], but: new Set(["ada"]), text: "a" }])).toEqual([]);
  expect([ada.told, bo.told]).toEqual([[], ["a"]]);
});

describe("the runtime has time to write", () => {
  const words = Array.from({ length: 120 }, (_, at) => `word ${at}`);

  it("between portions, twice until all is stored, and everybody hears everything in order", async () => {
    await deliver(words.map(everybody));
    expect(rests).toEqual([
      [70, "stored"],
      [140, "stored"],
      [210, "written"],
    ]);
    expect([ada.told, bo.told]).toEqual([words, words]);
  });

  it("and nobody is told more where it cannot be stored", async () => {
    meanwhile = () => {
      throw new Error("disk");
    };
    await expect(deliver(words.map(everybody))).rejects.toThrow("disk");
    expect(told()).toBe(70);
  });

  it("after each text that is long", async () => {
    const long = "x".repeat(128 * 1024);
    await deliver([everybody(long), everybody("more")]);
    expect(rests.map(([at]) => at)).toEqual([1, 2]);
    expect(told()).toBe(4);
  });

  it("and what goes by a trunk waits for none of it", async () => {
    for (const one of [ada, bo]) sockets.add(Object.assign(one, { isRelayed: true as const }));
    await deliver(words.map(everybody));
    expect([rests, told()]).toEqual([[], 240]);
  });

  it("meanwhile somebody may leave", async () => {
    meanwhile = () => sockets.remove("ada");
    expect(await deliver(words.map(everybody))).toEqual([]);
    expect(ada.told).toEqual(words.slice(0, 35));
    expect(bo.told).toEqual(words);
  });
});
