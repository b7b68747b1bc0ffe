import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COSTS, gatherMs, OBJECT, PRICES } from "./costs.mjs";
import { fits, monthly, smallest } from "./plan.mjs";
import { simulate } from "./simulate.mjs";
import { table } from "./table.mjs";
import { gatherMs as roomsGatherMs } from "../../party/turns.ts";

const costs = COSTS;

describe("the simulation of a large room", () => {
  it("is the same run for the same seed, and another for another", () => {
    const room = { people: 2_000, perSecond: 40, relays: 3, costs };
    expect(simulate({ ...room, seed: 7 })).toEqual(simulate({ ...room, seed: 7 }));
    expect(simulate({ ...room, seed: 8 })).not.toEqual(simulate({ ...room, seed: 7 }));
  });

  it.each([0, 2, 9])("delivers all that is said, with %i relays", (relays) => {
    const { messages } = simulate({ people: 2_000, perSecond: 50, relays, seconds: 20, costs });
    expect(messages).toBeGreaterThan(800);
    expect(messages).toBe(simulate({ people: 10, perSecond: 50, seconds: 20, costs }).messages);
  });

  it("counts with the turns that the room takes", () => {
    for (const count of [1, 50, 200, 1_000, 5_000])
      for (const tookMs of [0, 3, 30, 300])
        expect(gatherMs(count, tookMs)).toBe(roomsGatherMs(count, tookMs));
  });

  it("has no free work: one that says more is busier, and what is too busy falls behind", () => {
    const at = (perSecond) => simulate({ people: 1_000, perSecond, costs });
    expect(at(400).busy.room).toBeGreaterThan(at(40).busy.room);
    const drowned = simulate({ people: 1_000, perSecond: 50_000, seconds: 5, costs });
    expect(drowned.p99).toBeGreaterThan(5_000);
  });

  it("by hand: one person who says one thing waits for one turn", () => {
    const only = { turnMs: 1, messageMs: 2, socketMs: 3, deliveryMs: 4 };
    expect(
      simulate({ people: 1, perSecond: 0.5, seconds: 60, costs: { ...costs, ...only } }).p50,
    ).toBeCloseTo(10);
  });
});

describe("the plan of a large room", () => {
  it("takes one object where that is enough, and more where it is not", () => {
    const of = (room) => smallest(room, { costs, object: OBJECT });
    expect(of({ people: 200, perSecond: 20 })?.relays).toBe(0);
    expect(of({ people: 100_000, perSecond: 20 })?.relays).toBeGreaterThan(1);
    expect(
      smallest({ people: 100_000, perSecond: 20 }, { costs, object: OBJECT, most: 3 }),
    ).toBeNull();
  });

  it("refuses what is late, too busy or too large", () => {
    const good = [
      { busy: { room: 0.2 }, p99: 100 },
      { connections: 100, costs, object: OBJECT },
    ];
    expect(fits(...good)).toBe(true);
    expect(fits({ ...good[0], p99: 501 }, good[1])).toBe(false);
    expect(fits({ ...good[0], busy: { room: 0.1, relay: 0.6 } }, good[1])).toBe(false);
    expect(fits(good[0], { ...good[1], connections: 1e6 })).toBe(false);
  });

  it("costs what the price list says: one object awake for a month, three rows a message", () => {
    const bill = monthly({ relays: 0, run: {}, perSecond: 1, costs, prices: PRICES });
    expect(bill.duration).toBeCloseTo((30 * 86_400 * 0.128 * 12.5) / 1e6);
    expect(bill.rows).toBeCloseTo((30 * 86_400 * 3) / 1e6);
    expect(bill.requests).toBeCloseTo((((30 * 86_400) / 20) * 0.15) / 1e6);
  });

  describe("docs/SCALING.md", () => {
    const document = readFileSync(new URL("../../docs/SCALING.md", import.meta.url), "utf8");
    const cells = (text) =>
      text
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.split("|").map((cell) => cell.trim()));
    const section = (title) =>
      cells(document.split(/^## /m).find((part) => part.startsWith(`${title}\n`)));

    it("has the simulation's rows, and no others, under the larger rooms", () => {
      const [head, , ...rows] = section("Rooms of 10 000 and 100 000");
      const [wantedHead, , ...wanted] = cells(table(COSTS, OBJECT, PRICES));
      expect(head).toEqual(wantedHead);
      expect(rows).toEqual(wanted);
    });

    it("says under one room what ends where", () => {
      const [head, , ...rows] = section("One room");
      expect(head).toEqual(["", "what", "where it ends", "answer", ""]);
      expect(rows.map((row) => row[1])).toEqual(["people", "what one person says", "what all say"]);
    });
  });
});
