import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check, tellViolations } from "../bench/history/check";
import type { Seat } from "../bench/history/cast";
import { isA } from "../bench/history/rules/index-of";
import type { Violation } from "../bench/history/rules/rule";
import { MUTANTS, type Mutant } from "../bench/history/mutants";
import { makeMutant } from "../bench/history/mutate";
import { runHistory } from "../bench/history/run";
import type { CreateClient } from "../bench/history/tab";
import { each } from "../bench/lib/people.mjs";

/**
 * A checker that lets a mistake pass is worth nothing: each of these has to be caught, by what it is.
 * The same faults with no mistake in the code accuse nobody.
 */
const SEED = 7;
const AT_ONCE = 2;
/** A party that was killed needs a moment to come back before it is killed again. */
const BETWEEN_MS = 2_500;
const CAST: readonly Seat[] = [
  { user: "ada", room: "brief", nth: 1 },
  { user: "ada", room: "brief", nth: 2 },
  { user: "grace", room: "brief", nth: 1 },
  { user: "linus", room: "brief", nth: 1 },
];

async function violationsOf(mutant: Mutant): Promise<Violation[]> {
  const { folder, remove } = makeMutant(mutant);
  try {
    const { lines } = await runHistory({
      ...{ seed: SEED, seconds: mutant.seconds, cast: CAST, quietWithinMs: 2_500 },
      plan: () => [...mutant.faults],
      ...(mutant.side === "party" ? { source: folder } : { createClient: await clientOf(folder) }),
    });
    return check(lines);
  } finally {
    remove();
  }
}

async function clientOf(folder: string): Promise<CreateClient> {
  const file = path.join(folder, "lib/client/create.ts");
  return ((await import(/* @vite-ignore */ file)) as { createRoomClient: CreateClient })
    .createRoomClient;
}

/** The mistakes are in what both engines run, so one engine is enough. */
const onPartyKit = process.env.PARTY_ENGINE !== "cloudflare";

describe.runIf(onPartyKit)("the history checker catches", () => {
  const found = new Map<string, Violation[] | Error>();
  beforeAll(async () => {
    await each(
      MUTANTS,
      async (mutant: Mutant) => {
        found.set(mutant.name, await violationsOf(mutant).catch((error: Error) => error));
      },
      AT_ONCE,
    );
  }, 600_000);

  it.each(MUTANTS)("$name ($breaks)", ({ name, breaks, proof }) => {
    const violations = found.get(name);
    if (!Array.isArray(violations)) throw violations;
    const caught = violations.filter(({ rule, what }) => rule === breaks && what.startsWith(proof));
    expect(caught.length, tellViolations(violations, 1) || "nothing found").toBeGreaterThan(0);
  });

  it("nothing where the code makes no mistake, through all of the same faults", async () => {
    let from = 0;
    const plan = MUTANTS.flatMap(({ faults, seconds }) => {
      const shifted = faults.map((fault) => ({ ...fault, at: from + fault.at }));
      from += seconds * 1_000 + BETWEEN_MS;
      return shifted;
    });
    const seconds = from / 1_000;
    const { lines } = await runHistory({ seed: SEED, seconds, cast: CAST, plan: () => plan });
    expect(tellViolations(check(lines))).toBe("");
    const kinds = (faults: readonly { kind: string }[]) => new Set(faults.map(({ kind }) => kind));
    expect(kinds(lines.filter(isA("fault")))).toEqual(kinds(plan));
  }, 180_000);
});

it("makes no mutant of code that has changed", () => {
  const patches = [{ find: "a line that is nowhere", put: "" }];
  expect(() => makeMutant({ name: "new", patches })).toThrow(/finds it in 0: a line/);
});
