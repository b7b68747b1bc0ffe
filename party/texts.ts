/**
 * Engines end a socket over a frame of a mebibyte, and a character is at most three bytes. Far below that,
 * over 128 KB, V8 gives each text pages of its own, and asks the system for them each time.
 */
export const MAX_CHARACTERS = 96 * 1024;

/** Some frames, at their place among all that is sent. */
export interface Sent {
  at: number;
  frames: readonly string[];
}

/** Frames in their order as one text, commas between them: any of them in a row are a slice of it. */
export interface Line {
  text: string;
  /** The place of each frame among all that is sent. */
  at: readonly number[];
  /** Where in the text each frame ends. */
  ends: readonly number[];
}

/** Frames of a line from the one with index `from` up to the one before `to`. */
interface Run {
  line: Line;
  from: number;
  to: number;
}

export const NO_LINE: Line = { text: "", at: [], ends: [] };

/** @param sent by rising place */
export function lineOf(sent: readonly Sent[]): Line {
  const line = { all: [] as string[], at: [] as number[], ends: [] as number[] };
  let end = -1;
  for (const { at, frames } of sent) {
    for (const frame of frames) {
      end += 1 + frame.length;
      line.all.push(frame);
      line.at.push(at);
      line.ends.push(end);
    }
  }
  return { text: line.all.join(","), at: line.at, ends: line.ends };
}

/**
 * The texts that somebody is sent who hears both lines up to the place `end`: one frame as it is, more
 * as arrays, none of them too long to be sent. Each is made when it is asked for, of as few slices as can be.
 */
export function* textsOf(one: Line, other: Line = NO_LINE, end = Infinity): Generator<string> {
  let slices: string[] = [];
  let [frames, length] = [0, 0];
  const packed = () => {
    // Joined at once: brackets that are put around a long text make the engine copy it again.
    const text = frames === 1 ? (slices[1] as string) : [...slices, "]"].join("");
    [slices, frames, length] = [[], 0, 0];
    return text;
  };
  for (const run of runsOf(one, other, end)) {
    while (run.from < run.to) {
      const to = fitting(run, MAX_CHARACTERS - length);
      if (to > run.from) {
        const slice = sliceOf({ ...run, to });
        slices.push(slices.length === 0 ? "[" : ",", slice);
        frames += to - run.from;
        length += slice.length + 1;
        run.from = to;
      }
      if (run.from < run.to) yield packed();
    }
  }
  if (frames > 0) yield packed();
}

/** Both lines by rising place, in as few runs as can be. */
function* runsOf(one: Line, other: Line, end: number): Generator<Run> {
  let [line, from, next, nextFrom] = [one, 0, other, 0];
  for (;;) {
    const until = Math.min(next.at[nextFrom] ?? Infinity, end);
    let to = from;
    while ((line.at[to] ?? Infinity) < until) to++;
    if (to > from) yield { line, from, to };
    if (until === end) return;
    [line, from, next, nextFrom] = [next, nextFrom, line, to];
  }
}

/** How far a run fits into so many characters; a frame that is longer than any text may be goes alone. */
function fitting({ line, from, to }: Run, characters: number): number {
  const limit = startOf(line, from) + characters;
  const isWhole = (line.ends[to - 1] as number) <= limit;
  if (isWhole) return to;
  let fits = from;
  while ((line.ends[fits] as number) <= limit) fits++;
  return fits === from && characters === MAX_CHARACTERS ? from + 1 : fits;
}

const startOf = ({ ends }: Line, index: number): number =>
  index === 0 ? 0 : (ends[index - 1] as number) + 1;

const sliceOf = ({ line, from, to }: Run): string =>
  line.text.slice(startOf(line, from), line.ends[to - 1]);
