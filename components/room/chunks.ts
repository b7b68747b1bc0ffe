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
  const chunks: Chunk[] = [];
  const sameDay = createSameDay();
  let from = 0;
  let block = NaN;
  let place = 0;
  let run = 0;

  const cut = (to: number) => {
    if (to === from) return;
    const key = `chunk:${block}`;
    const made = { key, messages: messages.slice(from, to), before: messages[from - 1] };
    const old = known.get(key);
    chunks.push(old && sameChunk(old, made) ? old : made);
    from = to;
  };

  messages.forEach((message, at) => {
    const before = messages[at - 1];
    // What is on its way has no number yet: it is expected right after the last one that has.
    place = message.seq ?? place + 1;
    run = before && continues(before, message, sameDay) ? run + 1 : 0;
    const here = Math.floor(place / CHUNK_MESSAGES);
    const breaks = run === 0 || (run >= LONG_GROUP && place % CHUNK_MESSAGES === 0);
    if (at > 0 && (here === block || !breaks)) return;
    cut(at);
    block = here;
  });
  cut(messages.length);
  return chunks;
}

const sameChunk = (a: Chunk, b: Chunk): boolean =>
  a.before === b.before &&
  a.messages.length === b.messages.length &&
  a.messages.every((message, at) => message === b.messages[at]);

/** True where the message with this number is one of the chunk's. */
export const holds = ({ messages }: Chunk, seq: number | null): boolean =>
  seq !== null &&
  (messages[0]?.seq ?? Infinity) <= seq &&
  messages.some((message) => message.seq === seq);
