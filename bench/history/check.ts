import { byEpoch } from "./epochs";
import type { Line } from "./log";
import { authority, identity } from "./rules/authority";
import { indexOf } from "./rules/index-of";
import { agreement, noHole, readYourWrites, realTime, senderOrder } from "./rules/order";
import { knownOutcome } from "./rules/outcome";
import { presenceConverges } from "./rules/presence";
import { RULES, type Rule, type RuleName, type Violation } from "./rules/rule";
import { noDuplicate, noLoss, noPhantom } from "./rules/stored";

const JUDGES: Record<RuleName, Rule> = {
  "no loss": noLoss,
  "no phantom": noPhantom,
  "no duplicate": noDuplicate,
  agreement,
  "no hole": noHole,
  "sender order": senderOrder,
  "real time": realTime,
  "read your writes": readYourWrites,
  "known outcome": knownOutcome,
  identity,
  authority,
  "presence converges": presenceConverges,
};

/** Every promise that a history breaks. Pure: the log is all there is to know. */
export function check(lines: readonly Line[]): Violation[] {
  const index = indexOf(byEpoch(lines));
  const violations: Violation[] = [];
  for (const rule of RULES) {
    JUDGES[rule](index, (what, ...proof) => {
      const there = proof.filter((line) => line !== undefined);
      violations.push({ rule, what, proof: there });
    });
  }
  return violations;
}

/** As many as help; a room that loses one message usually loses more. */
export function tellViolations(violations: readonly Violation[], most = 3): string {
  const told: string[] = [];
  for (const rule of RULES) {
    const broken = violations.filter((one) => one.rule === rule);
    if (broken.length === 0) continue;
    told.push(`BROKEN  ${rule}: ${broken.length} times`);
    for (const { what, proof } of broken.slice(0, most)) {
      told.push(`  ${what}`, ...proof.map((line) => `    ${JSON.stringify(line)}`));
    }
  }
  return told.join("\n");
}
