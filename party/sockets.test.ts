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
beforeEach(() => {
  [ada, bo] = [new FakeConnection("ada"), new FakeConnection("bo")];
  sockets = new Sockets();
  sockets.add(ada, 0);
  sockets.add(bo, 0);
});

describe("a connection that is told much and heard no more", () => {
  it("is closed 4408 slow_consumer, and the others hear all of it", () => {
    expect(sockets.send(everybody(MUCH), UNHEARD_MS)).toEqual([]);
    sockets.heard("bo", UNHEARD_MS);
    expect(sockets.send(everybody("more"), UNHEARD_MS + 1)).toEqual(["ada"]);
    expect(ada.closings).toEqual([[4408, "slow_consumer"]]);
    expect([bo.told, bo.closings]).toEqual([[MUCH, "more"], []]);
    expect(sockets.send(everybody("later"), UNHEARD_MS + 2), "is told of once").toEqual([]);
    expect(ada.told).toEqual([MUCH]);
  });

  it("stays while it pings as agreed, in a room as loud as can be", () => {
    for (let at = 0; at < 100; at += 1) {
      sockets.heard("ada", at * UNHEARD_MS);
      sockets.heard("bo", at * UNHEARD_MS);
      for (let more = 0; more < 3; more += 1) {
        expect(sockets.send(everybody(MUCH), (at + 1) * UNHEARD_MS)).toEqual([]);
      }
    }
  });

  it("stays however long it is silent, if it was told little", () => {
    expect(sockets.send(everybody("a word"), 1_000 * UNHEARD_MS)).toEqual([]);
    expect(ada.closings).toEqual([]);
  });
});

it("one dying socket costs the others nothing, and is given back", () => {
  expect(sockets.send(everybody("breaks"), 0)).toEqual(["ada"]);
  expect(bo.told).toEqual(["breaks"]);
});
