import { bold, dim, green, red } from "../lib/say.mjs";

const MARK = { ok: green("✓"), ill: red("✗"), skipped: dim("–") };
const NAME_WIDTH = 42;
const MS_WIDTH = 9;

/** One line per check; where it is ill, what to do in the line below. */
export function lineOf({ name, state, figure, ms, remedy }) {
  const time = ms === null ? "" : `${Math.round(ms)} ms`;
  const head = `${MARK[state]} ${name.padEnd(NAME_WIDTH)}${time.padStart(MS_WIDTH)}  `;
  const line = head + (state === "skipped" ? dim(figure) : figure);
  return remedy === null ? line.trimEnd() : `${line}\n  ${dim("→")} ${bold(remedy)}`;
}

/** The last line: how many of each. */
export function summaryOf(findings) {
  const count = (state) => findings.filter((one) => one.state === state).length;
  const skipped = count("skipped");
  const words = [`${count("ok")} well`, `${count("ill")} ill`];
  return [...words, ...(skipped > 0 ? [`${skipped} not looked at`] : [])].join(", ");
}

export const isHealthy = (findings) => findings.every(({ state }) => state === "ok");
