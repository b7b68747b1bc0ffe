import { percentile } from "../lib/figures.mjs";
import type { Line } from "./log";
import { grouped, isA, messageKey } from "./rules/index-of";
import type { RuleName, Violation } from "./rules/rule";

/** What a run was made of, a line per figure. */
export function figuresOf(lines: readonly Line[]): string[] {
  const count = (ev: Line["ev"]) => lines.filter((line) => line.ev === ev).length;
  const { said, acknowledged, messages } = outcomes(lines);
  const sends = lines.filter(isA("send"));
  const repeated = sends.length - new Set(sends.map((l) => messageKey(l.room, l.user, l.cid))).size;
  const conns = lines.filter(isA("conn"));
  const recovered = conns.filter((conn) => conn.recovered).length;
  const faults = [...grouped(lines.filter(isA("fault")), ({ kind }) => kind)];
  const back = recoveries(lines);
  const ms = (value: number) => `${Math.round(value)} ms`;
  return [
    `messages    ${said.size} said, ${messages} acknowledged, ${count("truth")} stored, ` +
      `${count("recv")} times told, ${repeated} sent again`,
    `edits       ${acknowledged.size - messages} granted`,
    `connections ${count("dial")} dialled, ${conns.length} welcomed, ${recovered} of them ` +
      `recovered, ${count("reset")} resets, ${count("lease")} renewals, ${count("expired")} lapses`,
    `faults      ${faults.map(([kind, all]) => `${kind} ${all.length}`).join(", ")}`,
    `asleep      ${count("woke")} times a room with people in it was put to sleep and woken`,
    back.length > 0
      ? `after kill  first acknowledgement: p50 ${ms(percentile(back, 0.5))}, ` +
        `p95 ${ms(percentile(back, 0.95))}, max ${ms(Math.max(...back))}`
      : "after kill  nobody was killed",
  ];
}

/** What was said, everything that was acknowledged, and how many of those were messages. */
function outcomes(lines: readonly Line[]) {
  const keys = (ev: "say" | "ack") =>
    new Set(lines.filter(isA(ev)).map((line) => messageKey(line.room, line.user, line.cid)));
  const [said, acknowledged] = [keys("say"), keys("ack")];
  const messages = [...acknowledged].filter((key) => said.has(key)).length;
  return { said, acknowledged, messages };
}

const MEANS: Record<"lost" | "duplicated" | "reordered", readonly RuleName[]> = {
  lost: ["no loss", "no hole", "read your writes", "known outcome"],
  duplicated: ["no duplicate"],
  reordered: ["agreement", "sender order", "real time"],
};

/** What the verdict comes to, in one line: how often a message was lost, doubled or out of order. */
export function verdictOf(lines: readonly Line[], violations: readonly Violation[]): string {
  const told = Object.entries(MEANS).map(
    ([name, rules]) => `${violations.filter(({ rule }) => rules.includes(rule)).length} ${name}`,
  );
  return [`${outcomes(lines).messages} acknowledged`, ...told].join(", ");
}

/** From each `kill -9` to the first acknowledgement by the party that came after it. */
function recoveries(lines: readonly Line[]): number[] {
  const times: number[] = [];
  let killedAt: number | null = null;
  let isBack = false;
  for (const line of lines) {
    if (line.ev === "fault" && line.kind === "kill") {
      killedAt ??= line.t;
      isBack = false;
    }
    if (killedAt === null) continue;
    if (line.ev === "conn") isBack = true;
    if (line.ev !== "ack" || !isBack) continue;
    times.push(line.t - killedAt);
    killedAt = null;
  }
  return times;
}
