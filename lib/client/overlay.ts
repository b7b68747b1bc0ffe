import type { Change, Wish } from "./changes";
import { shallowEqual } from "./shallow";
import type { MessageView } from "./types";

type List = readonly MessageView[];

/** A message as it is once a wish is granted. `at`: when, in milliseconds since the Unix epoch. */
export function granted(message: MessageView, wish: Wish, me: string, at: number): MessageView {
  if (message.deleted) return message;
  switch (wish.kind) {
    case "edit":
      return { ...message, text: wish.text, editedAt: at };
    case "delete":
      return { ...message, text: "", reactions: {}, deleted: true, deletedBy: me };
    case "react": {
      const { [wish.emoji]: before = [], ...rest } = message.reactions ?? {};
      if (before.includes(me) === wish.on) return message;
      const people = wish.on ? [...before, me] : before.filter((id) => id !== me);
      const reactions = { ...message.reactions, [wish.emoji]: people };
      return { ...message, reactions: people.length > 0 ? reactions : rest };
    }
  }
}

function withChanges(message: MessageView, changes: readonly Change[], me: string): MessageView {
  let shown = message;
  for (const { id, wish, state, error, createdAt } of changes) {
    if (state === "failed") {
      // Of a message that is gone, only words are worth a word.
      if (message.deleted && wish.kind !== "edit") continue;
      shown = { ...shown, undone: { id, wish, ...(error && { error }) } };
    } else {
      const { kind } = wish;
      shown = granted(shown, wish, me, createdAt);
      // A reaction is small enough to be believed; words and their absence are shown as on their way.
      if (kind !== "react" && !message.deleted) shown = { ...shown, changing: kind };
    }
  }
  return shown;
}

/**
 * What the room has told, and over it what its person wants and has not been granted yet. What the
 * wishes do not touch keeps its identity, and so does what they did to it the last time.
 */
export function createOverlay(): (list: List, entries: readonly Change[], me?: string) => List {
  let last: { list: List; entries: readonly Change[]; me: string | undefined; shown: List } | null =
    null;
  let known = new Map<number, { message: MessageView; changes: Change[]; shown: MessageView }>();

  return (list, entries, me) => {
    if (me === undefined || entries.length === 0) return list;
    if (last && last.list === list && last.entries === entries && last.me === me) return last.shown;
    const bySeq = new Map<number, Change[]>();
    for (const change of entries) {
      bySeq.set(change.seq, [...(bySeq.get(change.seq) ?? []), change]);
    }
    const now: typeof known = new Map();
    const shown = list.map((message) => {
      const changes = message.seq === undefined ? undefined : bySeq.get(message.seq);
      if (message.seq === undefined || !changes) return message;
      const before = last?.me === me ? known.get(message.seq) : undefined;
      const same = before?.message === message && shallowEqual(before.changes, changes);
      const one = same ? before : { message, changes, shown: withChanges(message, changes, me) };
      now.set(message.seq, one);
      return one.shown;
    });
    known = now;
    last = { list, entries, me, shown };
    return shown;
  };
}
