import type { Mentionable } from "../protocol/mentions";
import { filesIn, fileUnder, mentionedIn } from "../protocol/mentions";
import type { Draft } from "./draft";
import { keys, markPrefix, namedPrefix, seqOfMark } from "./keys";

/**
 * Whom a message mentions is decided once, when it is said or edited, from everybody the room knows:
 * here or not. Each mention leaves a mark, so that nobody has to look through messages to count.
 */

/** Different names that are looked up for one message. */
const MAX_NAMES_LOOKED_UP = 20;
/** People that one message can mention. */
const MAX_MENTIONED = 50;

/** Where to look up who may be meant; nothing for a text without an `@`. */
export const namedIn = (text: string): string[] =>
  filesIn(text, MAX_NAMES_LOOKED_UP).map(namedPrefix);

export function mentions({ found }: Draft, text: string, author: string): string[] {
  const ids = mentionedIn(text, found.named);
  return ids.length === 0 ? ids : ids.filter((id) => id !== author).slice(0, MAX_MENTIONED);
}

/** The field of a message; none where nobody is meant. */
export const mentionsField = (ids: string[]) => (ids.length > 0 ? { mentions: ids } : {});

/** Marks a message for those it mentions now, and no more for those it mentioned before. */
export function mark(draft: Draft, seq: number, ids: string[], before: readonly string[] = []) {
  for (const id of before) {
    if (!ids.includes(id)) draft.delete.add(keys.mention(draft.epoch, id, seq));
  }
  for (const id of ids) draft.put.set(keys.mention(draft.epoch, id, seq), 1);
}

/** Where the newest marks of somebody are. */
export const marksOf = ({ epoch }: { epoch: string }, user: string): string =>
  markPrefix(epoch, user);

/**
 * How many mentions came after what was read, but for those in `hidden` messages; the marks of what
 * was read go.
 */
export function countMarks(draft: Draft, readSeq: number, hidden: ReadonlySet<number>): number {
  const seqs = draft.found.marks.map((key) => [key, seqOfMark(key)] as const);
  for (const [key, seq] of seqs) if (seq <= readSeq) draft.delete.add(key);
  return seqs.filter(([, seq]) => seq > readSeq && !hidden.has(seq)).length;
}

/** Files a person under their name, so that they can be mentioned while they are elsewhere. */
export function know(draft: Draft, { id, name }: Mentionable): void {
  const before = draft.stored<Mentionable>(keys.known(id));
  if (before?.name === name) return;
  const filed = keys.named(fileUnder(name), id);
  if (before) unfile(draft, before, filed);
  for (const key of [filed, keys.known(id)]) {
    draft.put.set(key, { id, name } satisfies Mentionable);
  }
}

/** A new name of somebody the room knows; of others it is told when they come. */
export function renameKnown(draft: Draft, person: Mentionable): void {
  if (draft.stored(keys.known(person.id))) know(draft, person);
}

/** Somebody who was taken out of the room is not mentioned there any more. */
export function forget(draft: Draft, user: string): void {
  const before = draft.stored<Mentionable>(keys.known(user));
  if (!before) return;
  unfile(draft, before);
  draft.delete.add(keys.known(user));
}

function unfile(draft: Draft, { id, name }: Mentionable, except?: string): void {
  const key = keys.named(fileUnder(name), id);
  if (key !== except) draft.delete.add(key);
}
