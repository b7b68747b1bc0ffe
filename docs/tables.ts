import * as protocol from "../lib/protocol";
import { CLOSE_MEANINGS } from "../lib/protocol/close-meanings";
import { Claims } from "../lib/token/claims";

/**
 * The tables of PROTOCOL.md, written from the code that client, party and app import.
 * `npm run docs` puts them between their markers; docs/tables.test.ts keeps them equal.
 */

interface Entry {
  type: string;
  wrapped?: Entry;
  literal?: unknown;
}
interface Variant {
  options: readonly { entries: Record<string, Entry> }[];
}

const code = (text: unknown) => `\`${text}\``;
const row = (...cells: unknown[]) => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: unknown[][]) =>
  [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells))].join("\n");

const fieldsOf = (entries: Record<string, Entry>) =>
  Object.entries(entries)
    .filter(([name]) => name !== "type")
    .map(([name, entry]) => code(entry.type === "optional" ? `${name}?` : name))
    .join(" ") || "none";

const frames = (variant: Variant) =>
  table(
    ["`type`", "fields"],
    variant.options.map(({ entries }) => [code(entries.type?.literal), fieldsOf(entries)]),
  );

const REACTIONS: Record<protocol.CloseReaction, string> = {
  stay_closed: "stays closed",
  reconnect: "reconnects, full jitter",
  reconnect_after_hint: "reconnects after `drain.retryInMs`, else with full jitter",
  reconnect_slowly: "reconnects from the longest delay",
  fail_message: "fails that message, reconnects",
  new_token: "dials with a new token at once; two in a row: stops",
  new_token_now: "dials with a new token at once",
  signed_out: "is signed out",
  stop: "stops and says why",
  wait: "waits as long as it was told, then offers to rejoin",
};

const limits = () =>
  Object.entries(protocol)
    .filter(([name, value]) => /^[A-Z][A-Z_]+$/.test(name) && typeof value === "number")
    .map(([name, value]) => [code(name), Number(value).toLocaleString("en-GB")]);

export const tables: Record<string, () => string> = {
  "client-frames": () => frames(protocol.ClientFrame as unknown as Variant),
  "server-frames": () => frames(protocol.ServerFrame as unknown as Variant),
  "error-codes": () =>
    table(
      ["code", "retryable", "message"],
      protocol.ERROR_CODES.map((name) => {
        const { message, retryable } = protocol.ERROR_TEXT[name];
        return [code(name), retryable ? "yes" : "no", message];
      }),
    ),
  "close-codes": () =>
    table(
      ["code", "reason", "meaning", "the client then"],
      (protocol.CLOSE_RULES as readonly protocol.CloseRule[]).map((rule) => [
        rule.code,
        [rule.name, ...(rule.alsoNamed ?? [])].map(code).join(" "),
        CLOSE_MEANINGS[rule.code as protocol.CloseCode],
        REACTIONS[rule.reaction],
      ]),
    ),
  claims: () => fieldsOf(Claims.entries as unknown as Record<string, Entry>),
  limits: () => table(["constant in lib/protocol/limits.ts", "value"], limits()),
  adjustable: () =>
    table(
      ["variable", "side", "default", "bounds"],
      Object.entries(protocol.ADJUSTABLE).map(([name, { side, default: value, min, max }]) => [
        code(name),
        side,
        value,
        `${min}–${max.toLocaleString("en-GB")}`,
      ]),
    ),
};

/** The document with each `<!-- table:name -->` block written anew. */
export function withTables(document: string): string {
  return document.replace(
    /(<!-- table:([a-z-]+) -->\n)[\s\S]*?(<!-- \/table -->)/g,
    (_, open: string, name: string, close: string) => {
      const make = tables[name];
      if (!make) throw new Error(`There is no table named ${name}.`);
      return `${open}\n${make()}\n\n${close}`;
    },
  );
}
