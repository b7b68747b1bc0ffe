import { MAX_REPORTS, REPORTS_BURST, REPORTS_PER_MINUTE } from "../protocol/limits";
import type { Message } from "../protocol/values";
import { tellModerators } from "./audit";
import { ack, takeAway } from "./chat";
import type { Draft } from "./draft";
import type { Answer, Doer, HttpEvent } from "./events";
import { keys } from "./keys";
import type { FrameOf, Person } from "./state";

/** A message that somebody asks the moderators to look at, as it was when they did. */
export interface Report {
  n: number;
  at: number;
  by: Doer;
  /** In which history, and where in it; missing where it was reported before that was kept. */
  epoch?: string | undefined;
  seq: number;
  author: Doer;
  text: string;
  reason?: string | undefined;
}

const REPORTS = { perSecond: REPORTS_PER_MINUTE / 60, burst: REPORTS_BURST };

/** Stored with a copy, so that an edit or a deletion takes nothing from it. One per person and message. */
export function report(
  draft: Draft,
  connection: string,
  { user }: Person,
  { id, seq, reason }: FrameOf<"chat.report">,
): void {
  const message = draft.stored<Message>(keys.message(draft.epoch, seq));
  if (!message || message.deleted) return draft.refuse(connection, "not_found", id);
  const known = keys.reported(draft.epoch, user.id, seq);
  if (draft.stored(known)) return ack(draft, connection, id, seq, draft.now);
  const wait = draft.take(connection, "reports", REPORTS);
  if (wait !== null) return draft.refuse(connection, "rate_limited", id, wait);
  const n = ++draft.reported;
  const by = { id: user.id, name: user.name };
  const author = { id: message.user.id, name: message.user.name };
  const { text } = message;
  draft.put.set(keys.report(n), {
    n,
    at: draft.now,
    by,
    epoch: draft.epoch,
    seq,
    author,
    text,
    reason,
  } satisfies Report);
  draft.put.set(known, n);
  if (n > MAX_REPORTS) draft.delete.add(keys.report(n - MAX_REPORTS));
  ack(draft, connection, id, seq, draft.now);
  tellModerators(draft, { action: "report", by, user: author, seq, reason });
}

/** Reports as moderators read them; `cleared`: what it is about went with a history that was cleared. */
export const shownReports = ({ epoch }: Draft, reports: readonly Report[]) =>
  reports.map(({ epoch: then, ...report }) => ({ ...report, cleared: then !== epoch }));

/** One report less; with `remove` what it is about goes too, if it still stands there. */
export function resolve(
  draft: Draft,
  { report: n, remove }: Extract<HttpEvent, { type: "resolve" }>,
): Answer {
  const found = draft.stored<Report>(keys.report(n));
  if (!found) return { ok: false, code: "not_found" };
  if (remove) {
    if (draft.rules.archived) return { ok: false, code: "forbidden" };
    const { by, seq, reason } = remove;
    // Numbers begin anew with each history: the same one may be another message by now.
    if (found.epoch !== draft.epoch || found.seq !== seq) return { ok: false, code: "conflict" };
    const message = draft.stored<Message>(keys.message(draft.epoch, seq));
    if (message && !message.deleted) takeAway(draft, by, message, reason);
  }
  draft.delete.add(keys.report(n));
  return { ok: true, body: { ok: true } };
}

/** What a person who is gone said, and that they said it, leaves the reports too. */
export function forgetReports(draft: Draft, user: string): void {
  for (const one of draft.found.listed as Report[]) {
    if (one.author.id === user) draft.delete.add(keys.report(one.n));
    else if (one.by.id === user)
      draft.put.set(keys.report(one.n), { ...one, by: { id: "deleted-person" } });
  }
}
