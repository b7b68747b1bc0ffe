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
beforeEach(() => {
  [ada, bo] = [new FakeConnection("ada"), new FakeConnection("bo")];
  now = 0;
  sockets = new Sockets(() => now);
  sockets.add(ada);
  sockets.add(bo);
});

describe("a connection that is told much and heard no more", () => {
  it("is closed 4408 slow_consumer, and the others hear all of it", () => {
    now = UNHEARD_MS;
    expect(sockets.send(everybody(MUCH))).toEqual([]);
    sockets.heard("bo");
    now += 1;
    expect(sockets.send(everybody("more"))).toEqual(["ada"]);
    expect(ada.closings).toEqual([[4408, "slow_consumer"]]);
    expect([bo.told, bo.closings]).toEqual([[MUCH, "more"], []]);
    expect(sockets.send(everybody("later")), "is told of once").toEqual([]);
    expect(ada.told).toEqual([MUCH]);
  });

  it("stays while it pings as agreed, in a room as loud as can be", () => {
    for (let at = 0; at < 100; at += 1) {
      sockets.heard("ada");
      sockets.heard("bo");
      now += UNHEARD_MS;
      for (let more = 0; more < 3; more += 1) {
        expect(sockets.send(everybody(MUCH))).toEqual([]);
      }
    }
  });

  it("stays however long it is silent, if it was told little", () => {
    now = 1_000 * UNHEARD_MS;
    expect(sockets.send(everybody("a word"))).toEqual([]);
    expect(ada.closings).toEqual([]);
  });
});

it("one dying socket costs the others nothing, and is given back", () => {
  expect(sockets.send(everybody("breaks"))).toEqual(["ada"]);
  expect(bo.told).toEqual(["breaks"]);
});
