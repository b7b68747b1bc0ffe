import "server-only";
import type { Accounts } from "../accounts/port";
import { auditPage, reportPage, PAGE, type ReportPage } from "../party-api/room-pages";
import { resolveReport } from "../party-api/tell-room";
import { download, Refusal } from "./errors";
import { type Caller, logLine, readReason, readWhole, roomFor } from "./room-guard";

/** One line of what owners read: of the app's own log, or of the one that the room keeps. */
export interface LogLine {
  at: number;
  action: string;
  where: "app" | "room";
  by?: { id: string; name?: string | undefined } | undefined;
  user?: { id: string; name?: string | undefined } | undefined;
  seq?: number | undefined;
  seconds?: number | undefined;
  until?: number | undefined;
  reason?: string | undefined;
  detail?: string | undefined;
}

const NUMBER = /^[1-9]\d{0,14}$/;

type Source = () => Promise<LogLine[] | null>;

/** Gives one page after the other, null once there is none. */
function appLog(accounts: Accounts, room: string): Source {
  let before: number | null = null;
  let ended = false;
  return async () => {
    if (ended) return null;
    const page = await accounts.roomLog.page(room, before, PAGE);
    ended = page.length < PAGE;
    before = page.at(-1)?.n ?? null;
    return page.map(({ n: _, ...line }) => ({ ...line, where: "app" as const }));
  };
}

/** @throws Refusal `unavailable`: a log with a part missing would be taken for the whole */
function roomLog(room: string): Source {
  let before: number | null = null;
  let ended = false;
  return async () => {
    if (ended) return null;
    const page = await auditPage(room, before);
    if (!page) throw new Refusal("unavailable");
    ended = !page.hasMore;
    before = page.entries.at(-1)?.n ?? null;
    return page.entries.map(({ n: _, ...line }) => ({ ...line, where: "room" as const }));
  };
}

interface Head {
  next: Source;
  lines: LogLine[] | null;
}

/** Both logs as one, newest first; never more than a page of either in memory. */
async function* merged(heads: readonly Head[]): AsyncGenerator<LogLine> {
  for (;;) {
    for (const head of heads) {
      while (head.lines?.length === 0) head.lines = await head.next();
    }
    const newest = heads
      .filter(({ lines }) => lines !== null)
      .sort((a, b) => (b.lines?.[0]?.at ?? 0) - (a.lines?.[0]?.at ?? 0))[0];
    const line = newest?.lines?.shift();
    if (!line) return;
    yield line;
  }
}

/** The log of a room, for its owners. @throws Refusal */
export async function logOf(
  accounts: Accounts,
  caller: Caller,
  room: string,
  now: number,
): Promise<AsyncGenerator<LogLine>> {
  await roomFor(accounts, caller, room, "see_audit", now);
  const sources = [appLog(accounts, room), roomLog(room)];
  // Asked before anything is answered: a room that is silent is no empty log.
  return merged(await Promise.all(sources.map(async (next) => ({ next, lines: await next() }))));
}

export async function firstLines(log: AsyncGenerator<LogLine>, limit: number): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const line of log) {
    lines.push(line);
    if (lines.length >= limit) break;
  }
  return lines;
}

const COLUMNS = [
  "time",
  "action",
  "by",
  "by_name",
  "user",
  "user_name",
  "message",
  "seconds",
  "until",
  "reason",
  "detail",
  "where",
] as const;

const iso = (at: number | undefined) => (at === undefined ? "" : new Date(at).toISOString());

/** RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvLine = ({ at, action, by, user, seq, seconds, until, reason, detail, where }: LogLine) =>
  [
    ...[iso(at), action, by?.id, by?.name, user?.id, user?.name],
    ...[seq, seconds, iso(until), reason, detail, where],
  ]
    .map(cell)
    .join(",") + "\r\n";

export type LogFormat = "jsonl" | "csv";

/** The whole log as a file, written while it is read. */
export function exported(log: AsyncGenerator<LogLine>, format: LogFormat): ReadableStream {
  const encoder = new TextEncoder();
  let begun = format === "jsonl";
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        return controller.enqueue(encoder.encode(`${COLUMNS.join(",")}\r\n`));
      }
      const { value, done } = await log.next();
      if (done) return controller.close();
      const text = format === "csv" ? csvLine(value) : `${JSON.stringify(value)}\n`;
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await log.return(undefined);
    },
  });
}

const NEWEST_LINES = 100;
const TYPES = { jsonl: "application/x-ndjson", csv: "text/csv" } as const;

/** The newest lines as JSON, or with `format` all of them as a file. @throws Refusal */
export async function logAnswer(
  accounts: Accounts,
  caller: Caller,
  room: string,
  query: URLSearchParams,
  now: number,
): Promise<Response | { lines: LogLine[] }> {
  const format = query.get("format");
  if (format !== null && format !== "jsonl" && format !== "csv") throw new Refusal("bad_request");
  const log = await logOf(accounts, caller, room, now);
  if (format === null) return { lines: await firstLines(log, NEWEST_LINES) };
  return download(exported(log, format), TYPES[format], `${room}-log.${format}`);
}

/**
 * Reports that wait, newest first: for those who moderate the room; between two people nobody
 * does, so there an admin looks.
 */
export async function reportsIn(
  accounts: Accounts,
  caller: Caller & { admin: boolean },
  room: string,
  query: URLSearchParams,
  now: number,
): Promise<ReportPage> {
  await mayLook(accounts, caller, room, now);
  const before = query.get("before");
  if (before !== null && !NUMBER.test(before)) throw new Refusal("bad_request");
  const page = await reportPage(room, before === null ? null : Number(before));
  if (!page) throw new Refusal("unavailable");
  return page;
}

/**
 * Takes a report off the list, once somebody has looked. `{seq, reason?}`: deletes the message that
 * it is about, for those who may; its author and the room's log are told the reason.
 * @throws Refusal `not_found` too where it is about another message by now
 */
export async function settleReport(
  accounts: Accounts,
  caller: Caller & { admin: boolean },
  room: string,
  report: string,
  given: Record<string, unknown>,
  now: number,
): Promise<void> {
  await mayLook(accounts, caller, room, now);
  const seq = readWhole(given.seq, "seq", [1, Number.MAX_SAFE_INTEGER]);
  const { id, name } = caller;
  const remove = seq && { by: { id, name }, seq, reason: readReason(given.reason) };
  if (remove) await roomFor(accounts, caller, room, "delete_any", now);
  if (!NUMBER.test(report) || !(await resolveReport(room, Number(report), remove || undefined)))
    throw new Refusal("not_found");
  const line = logLine(room, "resolve_report", caller, now, { detail: report });
  await accounts.roomLog.write(line);
}

async function mayLook(
  accounts: Accounts,
  caller: Caller & { admin: boolean },
  room: string,
  now: number,
): Promise<void> {
  const about = caller.admin ? await accounts.rooms.about(room) : null;
  if (!about?.direct) await roomFor(accounts, caller, room, "see_reports", now);
}
