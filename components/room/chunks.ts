import type { MessageView } from "@/lib/client/types";
import { continues, createSameDay } from "./group";

/** Messages of one chunk, at least; its number is the place of its first message divided by this. */
export const CHUNK_MESSAGES = 64;
/** Somebody who goes on and on is named again at the next chunk, after this many lines. */
const LONG_GROUP = 32;

/** A stretch of the transcript that is drawn, measured and skipped as one. */
export interface Chunk {
  readonly key: string;
  readonly messages: readonly MessageView[];
  /** The message right before, which decides whether a day begins here. */
  readonly before: MessageView | undefined;
}

/**
 * Cuts the transcript where a group begins, at places that depend on sequence numbers alone: older
 * messages above and newer ones below change no chunk between. A chunk whose messages are the same
 * is the same object as in `last`, so that a long transcript costs React nothing.
 */
export function chunksOf(
  messages: readonly MessageView[],
  last: readonly Chunk[],
): readonly Chunk[] {
  const known = new Map(last.map((chunk) => [chunk.key, chunk]));
  const sameDay = createSameDay();
  const { chunks, end } = sameStart(messages, last);
  let from = end;
  let block = NaN;
  let place = 0;
  let run = runBefore(messages, end, sameDay);

  const cut = (to: number) => {
    if (to === from) return;
    const key = `chunk:${block}`;
    const made = { key, messages: messages.slice(from, to), before: messages[from - 1] };
    const old = known.get(key);
    chunks.push(old && sameChunk(old, made) ? old : made);
    from = to;
  };

  for (let at = end; at < messages.length; at++) {
    const message = messages[at]!;
    const before = messages[at - 1];
    // What is on its way has no number yet: it is expected right after the last one that has.
    place = message.seq ?? place + 1;
    run = before && continues(before, message, sameDay) ? run + 1 : 0;
    const here = Math.floor(place / CHUNK_MESSAGES);
    const breaks = run === 0 || (run >= LONG_GROUP && place % CHUNK_MESSAGES === 0);
    if (at > end && (here === block || !breaks)) continue;
    cut(at);
    block = here;
  }
  cut(messages.length);
  return chunks;
}

/** The chunks at the beginning that are as they were, and where the first that may not be begins. */
function sameStart(messages: readonly MessageView[], last: readonly Chunk[]) {
  const chunks: Chunk[] = [];
  let end = 0;
  for (let at = 0; at + 1 < last.length; at++) {
    const chunk = last[at]!;
    const next = end + chunk.messages.length;
    // That the next one begins where it did keeps the cut between them.
    const following = messages[next];
    if (following?.seq === undefined || following !== last[at + 1]!.messages[0]) break;
    if (!chunk.messages.every((message, index) => message === messages[end + index])) break;
    chunks.push(chunk);
    end = next;
  }
  return { chunks, end };
}

/** How many lines the person of the message before `at` had said in a row before it. */
function runBefore(
  messages: readonly MessageView[],
  at: number,
  sameDay: ReturnType<typeof createSameDay>,
): number {
  let run = 0;
  while (at - run > 1 && continues(messages[at - run - 2]!, messages[at - run - 1]!, sameDay))
    run++;
  return run;
}

const sameChunk = (a: Chunk, b: Chunk): boolean =>
  a.before === b.before &&
  a.messages.length === b.messages.length &&
  a.messages.every((message, at) => message === b.messages[at]);

/** True where the message with this number is one of the chunk's. */
export const holds = ({ messages }: Chunk, seq: number | null): boolean =>
  seq !== null &&
  (messages[0]?.seq ?? Infinity) <= seq &&
  (messages.at(-1)?.seq ?? Infinity) >= seq &&
  messages.some((message) => message.seq === seq);
