import { MAX_AUDIT_ENTRIES } from "../protocol/limits";
import type { ServerFrameOf } from "../protocol/server-frames";
import type { Draft } from "./draft";
import type { Doer, ModAction } from "./events";
import { keys } from "./keys";
import { may } from "./permissions";

/** What happened, to whom, by whom and why. The names are those of then. */
export interface Deed {
  action: ModAction;
  by?: Doer | undefined;
  user?: Doer | undefined;
  seq?: number | undefined;
  seconds?: number | undefined;
  until?: number | undefined;
  reason?: string | undefined;
}
export type AuditEntry = Deed & { n: number; at: number };

/**
 * Writes a deed into the room's log, with the deed itself: both are durable or neither. The log is
 * bounded; the oldest entry gives way to the newest.
 */
export function audit(draft: Draft, deed: Deed): void {
  const n = ++draft.audited;
  draft.put.set(keys.audit(n), { n, at: draft.now, ...deed } satisfies AuditEntry);
  const oldest = n - MAX_AUDIT_ENTRIES;
  if (oldest > 0) draft.delete.add(keys.audit(oldest));
}

const noticeOf = ({ action, by, user, seq, seconds, until, reason }: Deed) => {
  const frame: ServerFrameOf<"mod.notice"> = { type: "mod.notice", action };
  if (user) frame.user = nameOf(user);
  if (by) frame.by = nameOf(by);
  if (seq !== undefined) frame.seq = seq;
  if (seconds !== undefined) frame.seconds = seconds;
  if (reason !== undefined) frame.reason = reason;
  if (until !== undefined) frame.until = until;
  return frame;
};

const nameOf = ({ id, name }: Doer) => ({ id, ...(name !== undefined && { name }) });

/** Tells one person, on all their connections, what was done to them and why. */
export function tellPerson(draft: Draft, user: string, deed: Deed): void {
  draft.send(authorised(draft, user), noticeOf(deed));
}

/** Tells the others what happened; why is for moderators and for the person concerned. */
export function tellOthers(draft: Draft, deed: Deed): void {
  for (const { user, role } of draft.people.values()) {
    if (user.id === deed.user?.id) continue;
    const told = may(role, "kick") ? deed : { ...deed, reason: undefined };
    tellPerson(draft, user.id, told);
  }
}

/** Tells those who moderate only; `except`: somebody who is told already. */
export function tellModerators(draft: Draft, deed: Deed, except?: string): void {
  for (const { user, role } of draft.people.values()) {
    if (user.id !== except && may(role, "see_reports")) tellPerson(draft, user.id, deed);
  }
}

const authorised = (draft: Draft, user: string): string[] =>
  draft
    .connectionsOf(user)
    .filter(({ kept }) => draft.now < kept.leaseEndsAt)
    .map(({ kept }) => kept.id);
