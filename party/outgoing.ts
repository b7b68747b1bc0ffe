import type { CloseCode } from "../lib/protocol/codes";
import type { Effect } from "../lib/room/events";
import { lineOf, NO_LINE, textsOf, type Line, type Sent } from "./texts";

/** The same text for each of `to` who is not in `but`: a frame, or an array of frames. */
export interface Delivery {
  to: readonly string[];
  but?: ReadonlySet<string> | undefined;
  text: string;
}
export interface Closing {
  connection: string;
  code: CloseCode;
  reason: string;
}

/** What many are told in so many characters is not copied to put in between what may come late. */
export const LONG_CHARACTERS = 32 * 1024;

/**
 * What some steps in a row send, gathered: for each connection exactly the frames of `effects`, in
 * their order, up to its closing; where many are told much by many, what may come late comes last. Each
 * frame is serialised once, and connections that are sent the same share one text. What goes to many is
 * looked at once for each list of recipients, so steps that tell the same crowd are best given the
 * same list. A delivery is made when it is asked for: what is sent by then need not be kept.
 */
export function gather(effects: readonly Effect[]): {
  deliveries: Iterable<Delivery>;
  closings: Closing[];
} {
  const few = asTheyAre(effects);
  if (few) return { deliveries: few, closings: [] };
  const crowds = new Map<readonly string[], Sent[]>();
  const own = new Map<string, Sent[]>();
  const ends = new Map<string, { at: number; closing: Closing }>();
  /** Who hears something at its place among what many are told. */
  const apart = new Set<string>();
  let characters = 0;
  effects.forEach((effect, at) => {
    if (effect.type === "close") {
      const { connection, code, reason } = effect;
      if (!ends.has(connection))
        ends.set(connection, { at, closing: { connection, code, reason } });
    }
    if (effect.type !== "send") return;
    const sent = { at, frames: effect.frames.map((frame) => JSON.stringify(frame)) };
    const [only] = effect.to;
    if (effect.to.length === 1 && only !== undefined) {
      append(own, only, sent);
      if (!effect.late) apart.add(only);
    } else {
      append(crowds, effect.to, sent);
      for (const frame of sent.frames) characters += frame.length;
    }
  });
  for (const id of ends.keys()) apart.add(id);
  if (characters < LONG_CHARACTERS) for (const id of own.keys()) apart.add(id);
  const closings = [...ends.values()].map(({ closing }) => closing);
  const endOf = (id: string) => ends.get(id)?.at;
  return { deliveries: deliveriesOf(crowds, own, endOf, apart), closings };
}

/**
 * One message, and that it is stored: all there is in a quiet room. To sort that by who hears what costs
 * more than a second text for the one who hears both. Null where there is more.
 */
function asTheyAre(effects: readonly Effect[]): Delivery[] | null {
  if (!areFew(effects)) return null;
  const few: Delivery[] = [];
  effects.forEach((effect) => {
    if (effect.type !== "send") return;
    few.push({ to: effect.to, text: JSON.stringify(effect.frames[0]) });
  });
  return few;
}

function areFew(effects: readonly Effect[]): boolean {
  let sends = 0;
  let crowds = 0;
  return effects.every((effect) => {
    if (effect.type !== "send") return effect.type !== "close";
    sends += 1;
    if (effect.to.length > 1) crowds += 1;
    return sends <= 2 && crowds <= 1 && effect.frames.length === 1;
  });
}

function* deliveriesOf(
  crowds: ReadonlyMap<readonly string[], Sent[]>,
  own: ReadonlyMap<string, Sent[]>,
  endOf: (id: string) => number | undefined,
  apart: ReadonlySet<string>,
): Generator<Delivery> {
  const { heardBy, groups } = grouped(crowds, apart);
  // Who waits for an answer of their own does not wait for a crowd to be told.
  for (const id of apart) {
    const to = [id];
    for (const text of textsOf(heardBy(id), lineOf(own.get(id) ?? []), endOf(id)))
      yield { to, text };
  }
  for (const { to, but, line } of groups) for (const text of textsOf(line)) yield { to, but, text };
  for (const [id, sent] of own) {
    if (!apart.has(id)) for (const text of textsOf(lineOf(sent))) yield { to: [id], text };
  }
}

/** Those who hear the same. */
interface Group {
  to: readonly string[];
  but?: ReadonlySet<string>;
  line: Line;
}

/** Sorts everybody by what they hear; those who stand `apart` are asked for one by one. */
function grouped(crowds: ReadonlyMap<readonly string[], Sent[]>, apart: ReadonlySet<string>) {
  const [first] = crowds;
  if (first && crowds.size === 1) {
    // One crowd is all there is in nearly every turn, and a large one is not copied.
    const [to, sent] = first;
    const line = lineOf(sent);
    const but = new Set(to.filter((id) => apart.has(id)));
    const groups: Group[] = but.size < to.length ? [{ to, but, line }] : [];
    return { heardBy: (id: string) => (but.has(id) ? line : NO_LINE), groups };
  }
  const crowdsOf = memberships(crowds);
  const lines = new Map<readonly Sent[][], Line>();
  const heard = (some: readonly Sent[][]): Line => {
    let line = lines.get(some);
    if (!line) lines.set(some, (line = lineOf(some.flat().sort((a, b) => a.at - b.at))));
    return line;
  };
  const groups = new Map<readonly Sent[][], Group & { to: string[] }>();
  for (const [id, some] of crowdsOf) {
    if (apart.has(id)) continue;
    const group = groups.get(some);
    if (group) group.to.push(id);
    else groups.set(some, { to: [id], line: heard(some) });
  }
  const heardBy = (id: string) => heard(crowdsOf.get(id) ?? NONE);
  return { heardBy, groups: [...groups.values()] };
}

const NONE: readonly Sent[][] = [];

/** Which crowds each is in: one and the same list for all who are in the same. */
function memberships(crowds: ReadonlyMap<readonly string[], Sent[]>) {
  const all = new Map<string, readonly Sent[][]>();
  const together = new Map<readonly Sent[][], Map<Sent[], readonly Sent[][]>>();
  for (const [to, sent] of crowds) {
    for (const id of to) all.set(id, joined(together, all.get(id) ?? NONE, sent));
  }
  return all;
}

function append<K>(map: Map<K, Sent[]>, key: K, sent: Sent): void {
  const list = map.get(key);
  if (list) list.push(sent);
  else map.set(key, [sent]);
}

/** The same crowds with one more; one and the same answer to the same question. */
function joined(
  known: Map<readonly Sent[][], Map<Sent[], readonly Sent[][]>>,
  crowds: readonly Sent[][],
  more: Sent[],
): readonly Sent[][] {
  let after = known.get(crowds);
  if (!after) known.set(crowds, (after = new Map()));
  let both = after.get(more);
  if (!both) after.set(more, (both = [...crowds, more]));
  return both;
}
