import { describe, expect, it } from "vitest";
import { check, tellViolations } from "./check";
import type { Line, LineOf } from "./log";
import { isA } from "./rules/index-of";
import { RULES, type RuleName } from "./rules/rule";
import { goodHistory, historyByHand } from "./by-hand";

type Change = Partial<Record<keyof LineOf<"recv">, unknown>> & Record<string, unknown>;
type Which = (line: Line) => boolean;

/** A line of the good history, found by some of its fields. */
const like =
  (fields: Change): Which =>
  (line) =>
    Object.entries(fields).every(([name, value]) => (line as unknown as Change)[name] === value);
const without = (fields: Change) => goodHistory().filter((line) => !like(fields)(line));
const changed = (fields: Change, change: Change) =>
  goodHistory().map((line) => (like(fields)(line) ? ({ ...line, ...change } as Line) : line));
const twice = (fields: Change, change: Change = {}) =>
  goodHistory().flatMap((line) =>
    like(fields)(line) ? [line, { ...line, ...change } as Line] : [line],
  );
const broken = (lines: readonly Line[]) => new Set(check(lines).map(({ rule }) => rule));

/** The good history with one thing wrong, and the promise that it breaks; often it breaks others too. */
const WRONG: [RuleName, string, () => Line[]][] = [
  ["no loss", "an acknowledged message is not stored", () => without({ ev: "truth", cid: "b" })],
  [
    "no loss",
    "an acknowledged message is stored elsewhere",
    () => changed({ ev: "ack", cid: "a" }, { seq: 2 }),
  ],
  ["no loss", "a granted edit is undone", () => changed({ ev: "truth", cid: "a" }, { text: "a" })],
  [
    "no phantom",
    "something is stored that nobody said",
    () => [...goodHistory(), truth({ author: "bo", cid: "x", seq: 4 })],
  ],
  [
    "no phantom",
    "somebody was told what is not stored",
    () => twice({ ev: "recv", client: "ada/hall/1#1", cid: "c" }, { cid: "d", seq: 4 }),
  ],
  [
    "no phantom",
    "other words are stored than were said",
    () => changed({ ev: "truth", cid: "b" }, { text: "else" }),
  ],
  [
    "no duplicate",
    "an edit undoes what came after it, when it is sent again",
    () => [...goodHistory(), ...["better", "best", "better"].map(changedTo)],
  ],
  [
    "no duplicate",
    "a message is stored twice",
    () => [...goodHistory(), truth({ author: "ada", cid: "b", seq: 4 })],
  ],
  [
    "no duplicate",
    "a repetition is acknowledged at another place",
    () => twice({ ev: "ack", cid: "b" }, { seq: 4 }),
  ],
  [
    "no duplicate",
    "a page shows a message twice",
    () => twice({ ev: "view", client: "bo/hall/1#1", cid: "b" }, { seq: 4 }),
  ],
  [
    "no duplicate",
    "the numbers of the history have a hole",
    () => changed({ ev: "truth", cid: "c" }, { seq: 4 }),
  ],
  [
    "agreement",
    "two people are told of different messages at one place",
    () => changed({ ev: "recv", client: "bo/hall/1#1", cid: "a" }, { cid: "b" }),
  ],
  [
    "agreement",
    "two people are told of different words",
    () => changed({ ev: "recv", client: "ada/hall/1#1", cid: "c" }, { text: "else" }),
  ],
  [
    "agreement",
    "a page misses an edit",
    () => changed({ ev: "view", client: "bo/hall/1#1", cid: "a" }, { text: "a" }),
  ],
  [
    "no hole",
    "a socket skips a number",
    () => without({ ev: "recv", client: "ada/hall/1#1", cid: "b" }),
  ],
  [
    "no hole",
    "a socket tells a message twice",
    () => twice({ ev: "recv", client: "ada/hall/1#1", cid: "b" }),
  ],
  ["no hole", "a recovery lacks what was missed", () => without({ ev: "recv", via: "welcome" })],
  [
    "no hole",
    "a page has a hole in the end",
    () => without({ ev: "view", client: "bo/hall/1#1", cid: "b" }),
  ],
  [
    "no hole",
    "a page lacks the newest message",
    () => without({ ev: "view", client: "ada/hall/1#1", cid: "c" }),
  ],
  ["no hole", "a page is empty", () => without({ ev: "view", client: "ada/hall/1#1" })],
  [
    "sender order",
    "a tab's second message is stored before its first",
    () => swapped({ ev: "say", cid: "a" }, { ev: "say", cid: "b" }),
  ],
  [
    "real time",
    "a message is stored before one that was acknowledged before it was sent",
    () => {
      const { lines, page, truth } = historyByHand();
      const [ada, bo] = [page("ada"), page("bo")];
      ada.send("a");
      ada.ack("a", 2);
      bo.send("b");
      truth("bo", "b", 1);
      truth("ada", "a", 2);
      return lines;
    },
  ],
  [
    "read your writes",
    "a welcome knows less than was acknowledged",
    () => changed({ ev: "conn", client: "bo/hall/1#1", recovered: true }, { seq: 1 }),
  ],
  ["known outcome", "a message vanishes without a word", () => without({ ev: "view", cid: "d" })],
  [
    "known outcome",
    "a message waits for ever",
    () => changed({ ev: "view", cid: "d" }, { state: "pending" }),
  ],
  [
    "known outcome",
    "a stored message is shown as failed",
    () => changed({ ev: "view", client: "bo/hall/1#1", cid: "c" }, { state: "failed" }),
  ],
  [
    "identity",
    "a message is told in another name",
    () => changed({ ev: "recv", client: "ada/hall/1#1", cid: "c" }, { author: "ada" }),
  ],
  [
    "identity",
    "a welcome names another",
    () => changed({ ev: "conn", client: "bo/hall/1#1" }, { as: "ada" }),
  ],
  [
    "authority",
    "a token opens another room",
    () =>
      changed(
        { ev: "dial", client: "bo/hall/1#1" },
        { grant: { ...grant, user: "bo", room: "annex" } },
      ),
  ],
  [
    "authority",
    "a token opens twice",
    () => changed({ ev: "dial" }, { grant: { ...grant, user: "bo" } }),
  ],
  [
    "authority",
    "something is told between the end of a lease and its renewal",
    () => swapped({ ev: "lease" }, { ev: "recv", via: "missed" }),
  ],
  [
    "authority",
    "something newer than a lease is told on it",
    () => changed({ ev: "recv", client: "ada/hall/1#1", cid: "c" }, { ts: 6_000 }),
  ],
  [
    "authority",
    "something is taken after the end of a lease",
    () => changed({ ev: "ack", cid: "b" }, { ts: 6_000 }),
  ],
  ["authority", "a revoked session goes on hearing", () => revokedAt(2)],
  [
    "authority",
    "a revoked session comes in again",
    () => [
      ...goodHistory().map((line) => (line.ev === "conn" ? { ...line, at: 5 } : line)),
      revocation(4),
    ],
  ],
  [
    "presence converges",
    "a page shows somebody who is gone",
    () => changed({ ev: "shown", client: "ada/hall/1#1" }, { people: { ada: 1, bo: 1, eve: 1 } }),
  ],
  [
    "presence converges",
    "a page counts a connection that is gone",
    () => changed({ ev: "shown", client: "ada/hall/1#1" }, { people: { ada: 1, bo: 2 } }),
  ],
  [
    "presence converges",
    "the room counts too many",
    () => changed({ ev: "room" }, { connections: 3 }),
  ],
  [
    "presence converges",
    "a page does not come back",
    () => changed({ ev: "page", client: "bo/hall/1#1" }, { phase: "suspended" }),
  ],
];

const grant = { user: "ada", sid: "sid", room: "hall", jti: "jti" };
const truth = (fields: Pick<LineOf<"truth">, "author" | "cid" | "seq">): Line => {
  const told = { epoch: "e1", text: fields.cid, ts: 9 };
  return { t: 999, client: "truth", user: "", room: "hall", ev: "truth", ...told, ...fields };
};
const changedTo = (text: string, at: number): Line => {
  const where = { t: 990 + at, client: "bo/hall/1#1", user: "bo", room: "hall", socket: 2 };
  return { ...where, ev: "changed", seq: 1, epoch: "e1", text };
};
const revocation = (at: number): Line => {
  const where = { t: 999, client: "world", user: "", room: "" };
  return { ...where, ev: "revoked", sid: "sid-ada", at };
};
const revokedAt = (at: number) => [...goodHistory(), revocation(at)];

function swapped(one: Change, other: Change): Line[] {
  const lines = goodHistory();
  const [a, b] = [lines.findIndex(like(one)), lines.findIndex(like(other))];
  [lines[a], lines[b]] = [lines[b] as Line, lines[a] as Line];
  return lines;
}

describe("the history checker", () => {
  it("finds nothing wrong with a good history", () => {
    expect(check(goodHistory())).toEqual([]);
  });

  it.each(WRONG)("%s: %s", (rule, _, lines) => {
    expect(broken(lines())).toContain(rule);
  });

  it("knows a wrong history for each of its rules", () => {
    expect(new Set(WRONG.map(([rule]) => rule))).toEqual(new Set(RULES));
  });

  it("accuses nobody of what a slow line, a reset or a closed tab explains", () => {
    const { lines, page, truth, room } = historyByHand();
    const [ada, bo, cy] = [page("ada"), page("bo"), page("cy")];
    bo.dial(7);
    // Too far behind, or after a fresh start: a page that begins anywhere, and says so.
    bo.conn(2);
    bo.reset(2);
    bo.hear("ada", "b", 2, { via: "welcome" } as Partial<Line>);
    ada.say("a");
    ada.dial();
    ada.conn(0);
    ada.send("a");
    ada.ack("a", 1);
    ada.say("b");
    ada.send("b");
    // Sent before the lease ended and read long after it: the time of storing counts.
    ada.hear("ada", "a", 1, { ts: 5_999 } as Partial<Line>);
    // A closed tab takes along what it had not sent.
    cy.say("lost");
    cy.add({ ev: "left", how: "closed" });
    ada.end({ ada: 1, bo: 1 });
    bo.end({ ada: 1, bo: 1 });
    ada.view("ada", "a", 1);
    for (const { view } of [ada, bo]) view("ada", "b", 2);
    truth("ada", "a", 1);
    truth("ada", "b", 2);
    room(2, 2, 2);
    expect(check(lines)).toEqual([]);
  });

  it("lets an edit stand that was under way while another was granted, and no other", () => {
    const told = (isAnswered: boolean, inTheEnd: string) => {
      const { lines, page, truth, room } = historyByHand();
      const [ada, bo] = [page("ada"), page("bo")];
      ada.say("a");
      ada.send("a");
      ada.ack("a", 1);
      ada.edit("e1", 1, "one");
      if (isAnswered) ada.ack("e1", 1, 2);
      bo.edit("e2", 1, "two");
      bo.ack("e2", 1, 3);
      truth("ada", "a", 1, inTheEnd);
      room(1, 0, 0);
      return broken(lines).has("no loss");
    };
    expect(told(false, "one")).toBe(false);
    expect(told(false, "two")).toBe(false);
    expect(told(true, "one")).toBe(true);
    expect(told(false, "a")).toBe(true);
  });

  it("judges what a clear took away by what it held, and what came after it anew", () => {
    const told = (held: readonly string[]) => {
      const { lines, page, truth, room, cleared } = historyByHand();
      const ada = page("ada");
      ada.dial();
      ada.conn(0);
      for (const [at, cid] of ["a", "b"].entries()) {
        ada.say(cid);
        ada.send(cid);
        ada.ack(cid, at + 1);
        ada.hear("ada", cid, at + 1);
      }
      // Stored in the old history, which is never heard, and so once more in the new one.
      ada.say("c");
      ada.send("c");
      ada.close();
      for (const [at, cid] of held.entries()) truth("ada", cid, at + 1);
      cleared("e2");
      ada.dial(2);
      ada.conn(0);
      ada.add({ ev: "reset", socket: 2, epoch: "e2", seq: 0 });
      ada.send("c");
      ada.ack("c", 1);
      ada.hear("ada", "c", 1);
      ada.say("d");
      ada.send("d");
      ada.ack("d", 2);
      ada.hear("ada", "d", 2);
      ada.end({ ada: 1 });
      ada.view("ada", "c", 1);
      ada.view("ada", "d", 2);
      truth("ada", "c", 1);
      truth("ada", "d", 2);
      room(2, 1, 1);
      return check(lines);
    };
    expect(told(["a", "b", "c"])).toEqual([]);
    expect(told(["a", "b"])).toEqual([]);
    expect(new Set(told(["a", "c"]).map(({ rule }) => rule))).toContain("no loss");
    expect(new Set(told(["b", "a"]).map(({ rule }) => rule))).toContain("no loss");
    expect(new Set(told(["a", "b", "b"]).map(({ rule }) => rule))).toContain("no duplicate");
  });

  it("takes a session that is over at its word, and its page with it", () => {
    const { lines, page, revoked, truth, room } = historyByHand();
    const [ada, bo] = [page("ada"), page("bo")];
    ada.dial();
    ada.conn(0);
    revoked("sid-ada", 1);
    ada.close(4410);
    ada.say("waits for a sign-in");
    bo.say("b");
    bo.send("b");
    ada.end({}, "signed_out", true);
    bo.end({ bo: 1 });
    bo.view("bo", "b", 1);
    truth("bo", "b", 1);
    room(1, 1, 1);
    expect(check(lines)).toEqual([]);
  });

  it("shows the lines that prove a violation", () => {
    const lines = without({ ev: "truth", cid: "c" }).filter(isNoView);
    const told = tellViolations(check(lines));
    expect(told).toContain("BROKEN  no phantom: ");
    expect(told).toMatch(/told and not stored\n {4}\{.*"ev":"recv".*"cid":"c"/);
  });
});

const isNoView = (line: Line) => !isA("view")(line);
