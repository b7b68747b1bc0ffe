import {
  HISTORY_PAGE_MESSAGES,
  MAX_RECOVERY_CHANGES,
  MAX_RECOVERY_MESSAGES,
} from "../protocol/limits";
import type { Message, Role } from "../protocol/values";
import type { Draft } from "./draft";
import type { ChangesRead, PageRead, Resume } from "./events";
import { keys } from "./keys";
import { may } from "./permissions";
import type { FrameOf, Kept, RoomState } from "./state";

type History = Pick<RoomState, "epoch" | "seq" | "rev" | "floor">;

const newest = (seq: number, limit: number, floor: number): PageRead => ({
  from: Math.max(floor + 1, seq - limit + 1),
  to: seq,
});

/** How many of the newest messages are looked through for those of hidden people. */
const LOOKED_THROUGH = 100;
export const newestPage = ({ seq, floor }: Pick<History, "seq" | "floor">): PageRead =>
  newest(seq, LOOKED_THROUGH, floor);

/** True where everything after `after` and `rev` can be given, so that nothing is missing in between. */
export function isRecoverable(
  { epoch, seq, rev, floor }: History,
  resume: Resume | undefined,
): boolean {
  return (
    resume !== undefined &&
    resume.epoch === epoch &&
    resume.after <= seq &&
    // Of what was too old to keep somebody may have missed a part.
    (resume.after >= floor || floor === 0) &&
    seq - resume.after <= MAX_RECOVERY_MESSAGES &&
    (resume.rev ?? rev) <= rev &&
    rev - (resume.rev ?? rev) <= MAX_RECOVERY_CHANGES
  );
}

/** Set where history started anew while a connection could not be told. */
export const MISSED_ALL = -1;

/** Where a connection that was not authorised for a while stands. */
export const missedIn = (
  { epoch }: Pick<History, "epoch">,
  { missedFrom, missedRev }: Pick<Kept, "missedFrom" | "missedRev">,
): Resume | undefined =>
  missedFrom === MISSED_ALL ? undefined : { epoch, after: missedFrom, rev: missedRev };

/** What a connection that comes back is given: exactly what it missed, or a fresh page. */
export function resumePage(history: History, resume: Resume | undefined): PageRead {
  return isRecoverable(history, resume) && resume
    ? { from: resume.after + 1, to: history.seq }
    : newest(history.seq, HISTORY_PAGE_MESSAGES, history.floor);
}

/** The changes that it missed, of messages that it may have had before it went. */
export function resumeChanges(
  history: History,
  resume: Resume | undefined,
): ChangesRead | undefined {
  if (resume?.rev === undefined || !isRecoverable(history, resume)) return undefined;
  return { after: resume.rev, to: history.rev, upToSeq: resume.after };
}

/** Without why it was taken away. */
export function withoutReason(message: Message): Message {
  if (message.deletedReason === undefined) return message;
  const { deletedReason: _, ...rest } = message;
  return rest;
}

/** Stored messages as one person is told them: why one was taken away is for its author and moderators. */
export function shownTo(draft: Draft, connection: string, messages: readonly Message[]): Message[] {
  const id = draft.connections.get(connection)?.kept.user.id;
  const role: Role = (id !== undefined && draft.people.get(id)?.role) || "reader";
  return may(role, "delete_any")
    ? [...messages]
    : messages.map((message) => (message.user.id === id ? message : withoutReason(message)));
}

/** What `welcome` and unasked history say of changes; nothing about them to who does not ask. */
export const changedFields = (draft: Draft, connection: string, resume: Resume | undefined) => ({
  rev: draft.rev,
  ...(resumeChanges(draft, resume) && {
    changed: shownTo(draft, connection, draft.found.changed),
  }),
});

/** Gives a change its number and remembers which message it was, for those who are away. */
export function noteChange(draft: Draft, seq: number): number {
  const rev = ++draft.rev;
  draft.put.set(keys.change(draft.epoch, rev), seq);
  const oldest = rev - MAX_RECOVERY_CHANGES;
  if (oldest > 0) draft.delete.add(keys.change(draft.epoch, oldest));
  return rev;
}

/** The page that `history.get` asks for: newest first by default, `after` towards the present. */
export function askedPage(
  { seq, floor }: Pick<History, "seq" | "floor">,
  { before, after, limit }: Pick<FrameOf<"history.get">, "before" | "after" | "limit">,
): PageRead {
  if (after !== undefined) {
    const from = Math.max(after, floor) + 1;
    return { from, to: Math.min(seq, from + limit - 1) };
  }
  return newest(Math.min(seq, before === undefined ? seq : before - 1), limit, floor);
}

/** Both `before` and `after` at once ask for two things. */
export const isAmbiguous = ({ before, after }: FrameOf<"history.get">): boolean =>
  before !== undefined && after !== undefined;

export function sendHistory(draft: Draft, to: string, frame: FrameOf<"history.get">): void {
  const page = askedPage(draft, frame);
  const hasMore = frame.after === undefined ? page.from > draft.floor + 1 : page.to < draft.seq;
  draft.send(to, {
    type: "history",
    id: frame.id,
    epoch: draft.epoch,
    messages: shownTo(draft, to, draft.found.page),
    hasMore,
  });
}
