import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { exec } from "../scripts/lib/processes.mjs";

/**
 * `npm run bench` measures everything and writes docs/BENCHMARKS.md. `npm run bench -- fanout dial`
 * measures some rows and prints them, `--write` puts them into the document, `--quick` is for trying
 * and is never written, `fanout=200/20` is one case of a row.
 */
const BENCH = path.dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const flags = new Set(args.filter((arg) => arg.startsWith("--")));
const asked = args.filter((arg) => !arg.startsWith("--"));

if (!existsSync("/proc/self/stat")) {
  process.stderr.write("Processor time is read from /proc, which this system does not have.\n");
  process.exit(1);
}
if (!existsSync(path.join(BENCH, "node_modules/partykit"))) {
  process.stdout.write("Installing the peers into bench/node_modules\n");
  const { status } = await exec("npm", ["ci", "--no-audit", "--no-fund"], { cwd: BENCH });
  if (status !== 0) process.exit(status);
}

const { ROWS } = await import("./rows/index.mjs");
const { record } = await import("./lib/report.mjs");
const names = asked.length > 0 ? asked.map((name) => name.split("=")[0]) : Object.keys(ROWS);
const unknown = names.filter((name) => !(name in ROWS));
if (unknown.length > 0) {
  process.stderr.write(`No such row: ${unknown}. There are: ${Object.keys(ROWS).join(" ")}\n`);
  process.exit(1);
}

const quick = flags.has("--quick");
const measured = {};
for (const [index, name] of names.entries()) {
  const only = asked[index]?.split("=")[1]?.split(",");
  const say = (text) => process.stdout.write(`${text}\n`);
  measured[name] = await ROWS[name]({ quick, only, say });
  for (const { what, measured: figure, bar, met } of measured[name]) {
    say(`${met ? "met    " : "NOT MET"} ${what}: ${figure} (${bar})`);
  }
  if (!quick && (asked.length === 0 || flags.has("--write")))
    await record({ [name]: measured[name] });
}
process.exit(0);
