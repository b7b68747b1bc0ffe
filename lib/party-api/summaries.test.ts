import { beforeEach, describe, expect, it } from "vitest";
import type { RoomSummary } from "./rooms";
import type { Question } from "./summaries";
import { createSummaries, FRESH_MS, REST_MS, STALE_MS } from "./summaries";

const LEASE_MS = 300_000;
let now: number;
let calls: string[];
/** What the party would say of the room now; null: nothing. */
let party: Omit<RoomSummary, "readSeq" | "mentions"> | null;
let readSeq: number;
let held: (() => void)[] | null;
let summaryFor: ReturnType<typeof createSummaries>;

beforeEach(() => {
  now = 1_000_000;
  calls = [];
  party = { people: 2, connections: 2, epoch: "e", seq: 9 };
  readSeq = 4;
  held = null;
  summaryFor = createSummaries(
    async (room, viewer, timeoutMs) => {
      const user = viewer && [viewer.user, ...(viewer.hide ?? [])].join("!");
      calls.push(`${room} ${user ?? "-"} ${timeoutMs}`);
      if (held) await new Promise<void>((resolve) => held?.push(resolve));
      return party && { ...party, ...(user !== undefined && { readSeq, mentions: 1 }) };
    },
    () => now,
  );
});

const ask = (user: string, changes: Partial<Question> = {}) =>
  summaryFor({
    room: "general",
    user,
    there: false,
    holdsMs: LEASE_MS,
    deadline: now + 1_500,
    ...changes,
  });

describe("what rooms are like", () => {
  it("is asked once for each person, and after that once for all of them", async () => {
    for (const user of ["ada", "grace", "linus"]) await ask(user);
    expect(calls).toHaveLength(3);
    now += FRESH_MS;
    const answers = await Promise.all(["ada", "grace", "linus"].map((user) => ask(user)));
    expect(calls.slice(3)).toEqual(["general - 1500"]);
    expect(answers.map((answer) => answer?.readSeq)).toEqual([4, 4, 4]);
    now += FRESH_MS - 1;
    await ask("ada");
    expect(calls).toHaveLength(4);
  });

  it("is counted anew for whoever hides somebody else", async () => {
    await ask("ada");
    await ask("ada", { hide: ["grace"] });
    await ask("ada", { hide: ["grace"] });
    await ask("ada");
    expect(calls).toEqual(["general ada 1500", "general ada!grace 1500"]);
  });

  it("is the newest for everybody once anybody has asked", async () => {
    await ask("ada");
    now += FRESH_MS;
    party = { people: 5, connections: 5, epoch: "e", seq: 9 };
    await ask("grace");
    expect(await ask("ada")).toMatchObject({ people: 5, readSeq: 4 });
    expect(calls).toHaveLength(2);
  });

  it("is asked for the person again where something was said, or the history is another", async () => {
    await ask("ada");
    for (const change of [{ seq: 10 }, { epoch: "f", seq: 10 }]) {
      now += FRESH_MS;
      party = { people: 2, connections: 2, epoch: "e", ...change };
      await ask("ada");
      expect(calls.at(-1)).toBe("general ada 1500");
    }
  });

  it("is asked each time of somebody who may be there, and what was said then is not kept", async () => {
    await ask("ada", { there: true });
    readSeq = 9;
    expect(await ask("ada", { there: true })).toMatchObject({ readSeq: 9 });
    readSeq = 12;
    expect(await ask("ada")).toMatchObject({ readSeq: 12 });
    expect(calls).toHaveLength(3);
  });

  it("holds no longer than a visit could stay unseen", async () => {
    await ask("ada");
    now += LEASE_MS;
    readSeq = 9;
    expect(await ask("ada")).toMatchObject({ readSeq: 9 });
  });

  it("is asked once by many who ask at once", async () => {
    held = [];
    const answers = ["1", "2", "3"].map(() => ask("ada"));
    await Promise.resolve();
    held.forEach((go) => go());
    expect(new Set((await Promise.all(answers)).map((answer) => answer?.people))).toEqual(
      new Set([2]),
    );
    expect(calls).toHaveLength(1);
  });
});

describe("a party that does not answer", () => {
  it("is stood in for by what it said a moment ago, for a minute", async () => {
    await ask("ada");
    party = null;
    now += FRESH_MS;
    expect(await ask("ada")).toMatchObject({ people: 2, readSeq: 4 });
    now += STALE_MS;
    expect(await ask("ada")).toBeNull();
  });

  it("is left alone after some failures, for a moment", async () => {
    party = null;
    for (let time = 0; time < 20; time++) await ask("ada");
    expect(calls).toHaveLength(8);
    now += REST_MS;
    party = { people: 1, connections: 1, epoch: "e", seq: 1 };
    expect(await ask("ada")).toMatchObject({ people: 1 });
  });

  it("is given what is left of the time, and nothing once that is over", async () => {
    await ask("ada", { deadline: now + 400.6 });
    expect(calls).toEqual(["general ada 400"]);
    expect(await ask("ada", { room: "other", deadline: now })).toBeNull();
    expect(calls).toHaveLength(1);
  });
});
