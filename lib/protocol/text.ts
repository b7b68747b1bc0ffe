import { MAX_FRAME_BYTES } from "./limits";

const BLANK = /^[\s\p{Cc}\p{Cf}\u115F\u1160\u2800\u3164\uFFA0]*$/u;
const LONE_SURROGATE = /\p{Surrogate}/u;
const encoder = new TextEncoder();

/** Length as people count it: Unicode code points, not UTF-16 units. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** True where nothing visible would be shown. */
export const isBlank = (text: string): boolean => BLANK.test(text);

/** False for strings that cannot be written as UTF-8 without loss (lone surrogates). */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/** True where `raw`, written as UTF-8, is longer than one frame may be. */
export function isOverFrameLimit(raw: string, limitBytes = MAX_FRAME_BYTES): boolean {
  if (raw.length > limitBytes) return true;
  if (raw.length * 3 <= limitBytes) return false;
  return encoder.encode(raw).byteLength > limitBytes;
}
