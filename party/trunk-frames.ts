import * as v from "valibot";
import { Epoch, Id, Millis, PersonName, Picture, Rev, Role, Seq } from "../lib/protocol/values";

/**
 * What a relay and its room say to each other, each in batches: a line of JSON that lists what happens,
 * then all texts in one piece, which are frames already and are not written as JSON once more.
 */

/** A client of the relay, counted from the beginning of its trunk; no number is used twice. */
const Line = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** UTF-16 code units of what follows the list. */
const Length = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const Pass = v.strictObject({
  user: v.strictObject({ id: Id, name: PersonName, picture: v.optional(Picture) }),
  sid: v.string(),
  room: v.string(),
  role: Role,
  jti: v.nullable(v.string()),
  issuedAt: Millis,
  presentableUntil: Millis,
  leaseMs: Millis,
  sessionEndsAt: Millis,
});
const Resume = v.strictObject({ epoch: Epoch, after: Seq, rev: v.optional(Rev) });

const Up = v.array(
  v.variant("type", [
    v.strictObject({
      type: v.literal("opened"),
      line: Line,
      /** The id that the gate gave the client's connection. */
      connection: v.pipe(v.string(), v.uuid()),
      pass: Pass,
      resume: v.optional(Resume),
    }),
    v.strictObject({ type: v.literal("said"), line: Line, length: Length }),
    /** Bytes, which no frame of ours is. */
    v.strictObject({ type: v.literal("binary"), line: Line }),
    v.strictObject({ type: v.literal("ended"), line: Line }),
    v.strictObject({ type: v.literal("ping") }),
  ]),
);
const Down = v.array(
  v.variant("type", [
    v.strictObject({ type: v.literal("deliver"), to: v.array(Line), length: Length }),
    v.strictObject({
      type: v.literal("close"),
      line: Line,
      code: v.pipe(v.number(), v.integer(), v.minValue(1000), v.maxValue(4999)),
      reason: v.string(),
    }),
    v.strictObject({ type: v.literal("pong") }),
  ]),
);

/** The same with its text in the place of the text's length. */
type WithText<T> = T extends { length: number } ? Omit<T, "length"> & { text: string } : T;
export type UpFrame = WithText<v.InferOutput<typeof Up>[number]>;
export type DownFrame = WithText<v.InferOutput<typeof Down>[number]>;

/** Engines end a socket over a frame of a mebibyte; a character is at most three bytes. */
const MAX_CHARACTERS = 256 * 1024;

/** A batch as the fewest texts that the engines carry. A frame that is longer by itself goes alone. */
export function write(frames: readonly (UpFrame | DownFrame)[]): string[] {
  const batches: string[] = [];
  let list: object[] = [];
  let texts: string[] = [];
  let size = 0;
  const close = () => {
    if (list.length > 0) batches.push(`${JSON.stringify(list)}\n${texts.join("")}`);
    [list, texts, size] = [[], [], 0];
  };
  for (const frame of frames) {
    const more = sizeOf(frame);
    if (size + more > MAX_CHARACTERS) close();
    size += more;
    if (!("text" in frame)) {
      list.push(frame);
      continue;
    }
    const { text, ...rest } = frame;
    list.push({ ...rest, length: text.length });
    texts.push(text);
  }
  close();
  return batches;
}

/** More or less: a line's number is a handful of characters, a pass a few hundred. */
function sizeOf(frame: UpFrame | DownFrame): number {
  if (frame.type === "opened") return 2_048;
  return (
    128 + ("text" in frame ? frame.text.length : 0) + ("to" in frame ? frame.to.length * 8 : 0)
  );
}

/** What a relay says; null for anything that it does not say. */
export const readUp = (data: unknown): UpFrame[] | null => read(Up, data) as UpFrame[] | null;
/** What a room says to a relay; null for anything that it does not say. */
export const readDown = (data: unknown): DownFrame[] | null =>
  read(Down, data) as DownFrame[] | null;

function read<T extends typeof Up | typeof Down>(schema: T, data: unknown): object[] | null {
  if (typeof data !== "string") return null;
  const end = data.indexOf("\n");
  const parsed = v.safeParse(schema, end < 0 ? undefined : parseJson(data.slice(0, end)));
  if (!parsed.success) return null;
  let at = end + 1;
  const frames = parsed.output.map((frame): object => {
    if (!("length" in frame)) return frame;
    const { length, ...rest } = frame;
    at += length;
    return { ...rest, text: data.slice(at - length, at) };
  });
  return at === data.length ? frames : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
