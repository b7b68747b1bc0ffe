import { expect, it } from "vitest";
import { check, tellViolations } from "../bench/history/check";
import { figuresOf } from "../bench/history/figures";
import { KINDS } from "../bench/history/plan";
import { isA } from "../bench/history/rules/index-of";
import { runHistory } from "../bench/history/run";
import { SLEEPS } from "./testing/kit";

/** `HISTORY_SEED=7 HISTORY_SECONDS=20` makes an earlier run again; `npm run chaos` runs for longer. */
const seed = Number(process.env.HISTORY_SEED ?? Math.floor(Math.random() * 1_000_000));
const seconds = Number(process.env.HISTORY_SECONDS ?? 60);

it("a room whose party is killed, frozen and starved loses nothing, says nothing twice, and lets nobody in", async () => {
  console.log(`history seed ${seed}`);
  const { lines } = await runHistory({ seed, seconds });
  console.log(figuresOf(lines).join("\n"));
  expect(tellViolations(check(lines)), `seed ${seed}`).toBe("");
  // The adversary was at work, and so were the people.
  const faults = new Set(lines.filter(isA("fault")).map(({ kind }) => kind));
  expect(faults).toEqual(new Set(KINDS));
  // A room slept with people in it, and nobody noticed.
  if (SLEEPS) expect(lines.filter(isA("woke")).length).toBeGreaterThan(0);
  expect(lines.filter(isA("ack")).length).toBeGreaterThan(seconds * 20);
}, 400_000);
