import { keyOf, type LineOf } from "../log";
import { grouped, isA, messageKey, placeKey, textsOf, type Index } from "./index-of";
import type { Rule, Tell } from "./rule";

/** What the room holds in the end against what was asked of it. */

/** Every acknowledged message is stored where the acknowledgement says, with what was last granted. */
export const noLoss: Rule = (index, tell) => {
  for (const ack of index.lines.filter(isA("ack"))) {
    const sent = index.said.get(messageKey(ack.room, ack.user, ack.cid));
    // Else it grants an edit, which is judged below.
    if (!sent) continue;
    const found = index.stored.get(ack.room)?.get(keyOf(ack.user, ack.cid));
    if (!found) tell("acknowledged and not stored", sent, ack);
    else if (found.seq !== ack.seq) tell("acknowledged at another place", sent, ack, found);
  }
  for (const [room, truth] of index.truth) {
    for (const stored of truth) {
      lastGranted(index, index.edits.get(placeKey(room, stored.seq)) ?? [], stored, tell);
    }
  }
};

/**
 * An edit that was granted stands, unless another took its place that was asked for later or was still
 * under way: one that is not answered may arrive at any time after it left.
 */
function lastGranted(
  { acks }: Index,
  edits: readonly LineOf<"edit">[],
  stored: LineOf<"truth">,
  tell: Tell,
): void {
  const asked = [...grouped(edits, ({ cid }) => cid).values()].flatMap(([first]) => first ?? []);
  const grant = (edit: LineOf<"edit">) => acks.get(messageKey(edit.room, edit.user, edit.cid))?.[0];
  const there = asked.find(({ text }) => text === stored.text);
  const overAt = there ? (grant(there)?.t ?? Infinity) : -Infinity;
  const later = asked.find((edit) => edit !== there && grant(edit) && edit.t > overAt);
  if (later) tell("a granted edit is not there", later, grant(later), stored);
}

/** Everything stored, and everything that anybody was shown, was said by that person. */
export const noPhantom: Rule = (index, tell) => {
  for (const [room, truth] of index.truth) {
    for (const line of truth) {
      const sent = index.said.get(messageKey(room, line.author, line.cid));
      if (!sent) tell("stored and never said", line);
      else if (!textsOf(index, line).has(line.text)) tell("stored with other words", sent, line);
    }
  }
  for (const line of index.lines.filter(isA("recv"))) {
    if (!index.stored.get(line.room)?.has(keyOf(line.author, line.cid))) {
      tell("told and not stored", line);
    }
  }
};

/** A message is stored once and shown once; its places and numbers are 1, 2, 3 … */
export const noDuplicate: Rule = (index, tell) => {
  for (const truth of index.truth.values()) {
    for (const same of grouped(truth, ({ author, cid }) => keyOf(author, cid)).values()) {
      if (same.length > 1) tell("stored more than once", ...same);
    }
    for (const [at, line] of truth.entries()) {
      if (line.seq !== at + 1) tell(`at place ${at + 1} of the history`, truth[at - 1], line);
    }
  }
  for (const same of index.acks.values()) {
    const other = same.find(({ seq }) => seq !== same[0]?.seq);
    if (other) tell("acknowledged at two places", same[0], other);
  }
  for (const told of index.sockets.values()) {
    for (const changes of grouped(told.filter(isA("changed")), placeOf).values())
      madeTwice(changes, tell);
  }
  for (const view of index.views.values()) {
    for (const same of grouped(view, ({ author, cid }) => keyOf(author, cid)).values()) {
      if (same.length > 1) tell("shown more than once", ...same);
    }
  }
};

const placeOf = ({ epoch, seq }: LineOf<"changed">): string => `${epoch} ${seq}`;

/** Each edit has words of its own: words that come back after others were asked for once and made twice. */
function madeTwice(changes: readonly LineOf<"changed">[], tell: Tell): void {
  for (const [at, line] of changes.entries()) {
    const before = changes.findIndex(({ text }) => text === line.text);
    const between = changes.slice(before, at).find(({ text }) => text !== line.text);
    if (between) tell("an edit was made twice", changes[before], between, line);
  }
}
