import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { DATA } from "../../scripts/lib/config.mjs";
import { say } from "../lib/figures.mjs";
import { check, tellViolations } from "./check";
import { figuresOf, verdictOf } from "./figures";
import type { Line } from "./log";
import { RULES } from "./rules/rule";
import { runHistory } from "./run";

interface Asked {
  seconds: string;
  seed?: string;
  log?: string;
}

/** Runs, or reads a log of an earlier run, and says what held. Gives back the exit status. */
export async function main({ seconds, seed, log }: Asked): Promise<number> {
  const lines = log === undefined ? await record(Number(seconds), seedOf(seed)) : read(log);
  say();
  for (const figure of figuresOf(lines)) say(figure);
  say();
  const violations = check(lines);
  const broken = new Set(violations.map(({ rule }) => rule));
  for (const rule of RULES) if (!broken.has(rule)) say(`holds   ${rule}`);
  if (violations.length > 0) say(tellViolations(violations));
  say();
  say(verdictOf(lines, violations));
  return violations.length > 0 ? 1 : 0;
}

const seedOf = (given: string | undefined) =>
  given === undefined ? Math.floor(Math.random() * 1_000_000) : Number(given);

async function record(seconds: number, seed: number): Promise<Line[]> {
  const folder = path.join(DATA, "history");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${seed}.jsonl`);
  const out = createWriteStream(file);
  say(`seed ${seed}, ${seconds} s, log ${path.relative(process.cwd(), file)}`);
  const every = setInterval(() => say(progress()), 30_000);
  const seen = { lines: 0, acks: 0, faults: 0 };
  const progress = () => `${seen.acks} acknowledged, ${seen.faults} faults`;
  try {
    const { lines } = await runHistory({
      seed,
      seconds,
      onLine(line) {
        if (line.ev === "ack") seen.acks++;
        if (line.ev === "fault") seen.faults++;
        out.write(`${JSON.stringify(line)}\n`);
      },
    });
    return lines;
  } finally {
    clearInterval(every);
    await new Promise<void>((resolve) => out.end(resolve));
  }
}

const read = (file: string): Line[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
