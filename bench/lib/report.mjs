import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { ROOT } from "../../scripts/lib/config.mjs";
import { isOurs, OURS, PEERS, versions } from "./peers.mjs";
import { bars, percentiles } from "./pictures.mjs";
import { HAS_PROC, machine } from "./system.mjs";

const FOLDER = path.join(ROOT, "docs/benchmarks");
const RESULTS = path.join(FOLDER, "results.json");
const DOCUMENT = path.join(ROOT, "docs/BENCHMARKS.md");

/**
 * Puts the rows of a run in the place of the same rows of earlier runs, and writes the document and
 * the pictures anew from all of them.
 * @param {Record<string, object[]>} measured rows by the name of what was run
 */
export async function record(measured, date = new Date()) {
  mkdirSync(FOLDER, { recursive: true });
  const all = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : {};
  for (const [name, rows] of Object.entries(measured)) {
    const parts = new Map((all[name]?.rows ?? []).map((row) => [row.what, row]));
    for (const row of rows) parts.set(row.what, row);
    all[name] = {
      rows: [...parts.values()],
      ...{ date: date.toISOString().slice(0, 10), machine: machine(), versions: versions() },
    };
  }
  await write(RESULTS, JSON.stringify(all));
  const { document, pictures } = report(all);
  for (const [name, svg] of Object.entries(pictures)) {
    writeFileSync(path.join(FOLDER, `${name}.svg`), svg);
  }
  await write(DOCUMENT, document);
}

async function write(file, text) {
  const options = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...options, filepath: file }));
}

export function report(all) {
  const pictures = {};
  const newest = Object.values(all).sort((a, b) => (a.date < b.date ? 1 : -1))[0];
  const { machine: on, versions: of } = newest;
  const rows = Object.values(all).flatMap((one) =>
    one.rows.map((row) => ({ ...row, date: one.date })),
  );
  const text = [
    "# Benchmarks",
    "",
    "Written by `npm run bench`, which measures this project and its peers on one machine, in turns.",
    "Every figure belongs to the machine below; the ratios say more than the figures. A row that is not here has not been measured.",
    "",
    `- **Machine**: ${on.cores} cores of ${on.model}, ${on.memoryGb} GB, Node ${on.node}${on.pinned ? "; servers pinned to one core, clients to the others" : ""}.`,
    `- **Versions**: ${Object.entries(of)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
    `- **Server CPU**: ${HAS_PROC ? "user and system time of the server's whole process tree, the runtime included, as the operating system counts it." : "not measured: this system has no /proc."}`,
    "- **This project**: identity, leases, single-use tokens, history on the disk, order, acknowledgement and deduplication are on;",
    "  only the `LIMIT_*` variables are raised. No peer orders or acknowledges anything, or stores, but for the one that latency is",
    "  also compared with. It is judged as a host runs it, without",
    "  the relay in `party/loopback.ts` that the engines' local runners need; fan-out is given with that relay too, as `npm start` has it.",
    "- **Latency**: each ratio is of two servers that took turns of two seconds, so that they met the same host, and of all",
    "  their deliveries.",
    "",
    "| what | measured | bar | | on |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map(
      ({ what, measured, bar, met, date }) =>
        `| ${what} | ${measured} | ${bar} | ${met ? "met" : "**not met**"} | ${date} |`,
    ),
    "",
  ];
  const fanouts = rows.filter(({ fanout }) => fanout);
  if (fanouts.length > 0) {
    text.push("## Fan-out", "", FANOUT_TEXT, "");
    text.push("| per CPU second | " + fanouts.map(({ fanout }) => fanout.id).join(" | ") + " |");
    text.push("| --- |" + " ---: |".repeat(fanouts.length));
    for (const [name, { label, only }] of Object.entries(PEERS)) {
      if (only) continue;
      const cells = fanouts.map(({ fanout }) => cell(fanout.figures[name]));
      text.push(`| ${label} | ${cells.join(" | ")} |`);
    }
    for (const { fanout } of fanouts) {
      const [people, talking] = fanout.id.split("/");
      const picture = `fanout-${people}-${talking}`;
      const title = `Deliveries per server CPU second, ${people} clients, ${talking} talking`;
      pictures[picture] = bars(
        title,
        Object.entries(fanout.figures).map(([name, { perCpuSecond }]) => ({
          label: SHORT[name] ?? PEERS[name].label,
          value: perCpuSecond,
          ours: isOurs(name),
        })),
      );
      text.push("", `![${title}](benchmarks/${picture}.svg)`);
    }
  }
  const timed = rows.find(({ latency }) => latency);
  if (timed) {
    const title = "Milliseconds from send to arrival, 20 messages a second, 200 clients";
    pictures.latency = percentiles(
      title,
      Object.entries(timed.latency).map(([name, { curve }]) => ({
        label: name === OURS ? "this project" : PEERS[name].label,
        points: curve,
      })),
    );
    text.push("", "## Latency", "", `![${title}](benchmarks/latency.svg)`);
  }
  return { document: text.join("\n") + "\n", pictures };
}

const SHORT = { guestlist: "this project", "guestlist-local": "the same, local relay" };

const cell = (figure) => (figure ? cellOf(figure) : "not measured");
const cellOf = ({ perCpuSecond, perSecond, cpu }) =>
  `${perCpuSecond.toLocaleString("en")} (${perSecond.toLocaleString("en")} a second at ${Math.round(cpu * 100)} %)`;

const FANOUT_TEXT =
  "Each who talks keeps sixteen messages of 80 bytes on their way and sends the next when one comes back; a delivery is one message at one client. In brackets what came through by the clock, and how busy the server's core was: where it is below 100 %, the clients or other work on the machine were the limit.";
