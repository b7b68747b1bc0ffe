import type { Line } from "../log";
import type { Index } from "./index-of";

/** A promise that the history breaks, and the lines that prove it. */
export interface Violation {
  rule: RuleName;
  what: string;
  proof: readonly Line[];
}

export const RULES = [
  "no loss",
  "no phantom",
  "no duplicate",
  "agreement",
  "no hole",
  "sender order",
  "real time",
  "read your writes",
  "known outcome",
  "identity",
  "authority",
  "presence converges",
] as const;
export type RuleName = (typeof RULES)[number];

export type Tell = (what: string, ...proof: (Line | undefined)[]) => void;
export type Rule = (index: Index, tell: Tell) => void;
