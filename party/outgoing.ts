import type { CloseCode } from "../lib/protocol/codes";
import type { Effect } from "../lib/room/events";

/** The same text for each of `to`: a frame, or an array of frames. */
export interface Delivery {
  to: string[];
  text: string;
}
export interface Closing {
  connection: string;
  code: CloseCode;
  reason: string;
}

/** Engines end a socket over a frame of a mebibyte; a character is at most three bytes. */
const MAX_CHARACTERS = 256 * 1024;

/** Some frames, at their place among all that is sent. */
interface Sent {
  at: number;
  frames: readonly string[];
}

/**
 * What some steps in a row send, gathered: for each connection exactly the frames of `effects`, in
 * their order, up to its closing. Each frame is serialised once, and connections that are sent the
 * same share one text. What goes to many is looked at once for each list of recipients, so steps
 * that tell the same crowd are best given the same list.
 */
export function gather(effects: readonly Effect[]): {
  deliveries: Delivery[];
  closings: Closing[];
} {
  const crowds = new Map<readonly string[], Sent[]>();
  const own = new Map<string, Sent[]>();
  const ends = new Map<string, { at: number; closing: Closing }>();
  effects.forEach((effect, at) => {
    if (effect.type === "close") {
      const { connection, code, reason } = effect;
      if (!ends.has(connection))
        ends.set(connection, { at, closing: { connection, code, reason } });
    }
    if (effect.type !== "send") return;
    const sent = { at, frames: effect.frames.map((frame) => JSON.stringify(frame)) };
    const [only] = effect.to;
    if (effect.to.length === 1 && only !== undefined) append(own, only, sent);
    else append(crowds, effect.to, sent);
  });

  const deliveries: Delivery[] = [];
  const apart = new Set([...own.keys(), ...ends.keys()]);
  const { crowdsOf, groups } = grouped(crowds, apart);
  // Who waits for an answer of their own does not wait for a crowd to be told.
  for (const id of apart) {
    const mine = own.get(id);
    const texts = textsOf(mine ? [...crowdsOf(id), mine] : crowdsOf(id), ends.get(id)?.at);
    for (const text of texts) deliveries.push({ to: [id], text });
  }
  for (const { to, heard } of groups) {
    if (to.length > 0) for (const text of textsOf(heard)) deliveries.push({ to, text });
  }
  return { deliveries, closings: [...ends.values()].map(({ closing }) => closing) };
}

const NONE: readonly Sent[][] = [];

/** Those who hear the same. */
interface Group {
  to: string[];
  heard: readonly Sent[][];
}

/** Sorts everybody by which crowds they are in; those who stand `apart` are asked for one by one. */
function grouped(crowds: ReadonlyMap<readonly string[], Sent[]>, apart: ReadonlySet<string>) {
  const [first] = crowds;
  if (first && crowds.size === 1) {
    // One crowd is all there is in nearly every turn, and a large one is not walked more than once.
    const [everybody, sent] = first;
    const heard = [sent];
    const [to, inside] = [[] as string[], new Set<string>()];
    for (const id of everybody)
      if (apart.has(id)) inside.add(id);
      else to.push(id);
    return { crowdsOf: (id: string) => (inside.has(id) ? heard : NONE), groups: [{ to, heard }] };
  }
  const memberships = new Map<string, readonly Sent[][]>();
  const together = new Map<readonly Sent[][], Map<Sent[], readonly Sent[][]>>();
  for (const [to, sent] of crowds) {
    for (const id of to) memberships.set(id, joined(together, memberships.get(id) ?? NONE, sent));
  }
  const groups = new Map<readonly Sent[][], Group>();
  for (const [id, heard] of memberships) {
    if (apart.has(id)) continue;
    const group = groups.get(heard);
    if (group) group.to.push(id);
    else groups.set(heard, { to: [id], heard });
  }
  return { crowdsOf: (id: string) => memberships.get(id) ?? NONE, groups: [...groups.values()] };
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

function textsOf(sent: readonly Sent[][], end = Infinity): string[] {
  const all = sent.length === 1 ? (sent[0] as Sent[]) : sent.flat().sort((a, b) => a.at - b.at);
  return packed(all.flatMap((one) => (one.at < end ? one.frames : [])));
}

/** One frame as it is, more as arrays, none of them too long to be sent. */
function packed(frames: string[]): string[] {
  const texts: string[] = [];
  let some: string[] = [];
  let length = 0;
  const close = () => {
    if (some.length > 0)
      texts.push(some.length === 1 ? (some[0] as string) : `[${some.join(",")}]`);
    some = [];
    length = 0;
  };
  for (const frame of frames) {
    if (length + frame.length > MAX_CHARACTERS) close();
    some.push(frame);
    length += frame.length + 1;
  }
  close();
  return texts;
}
