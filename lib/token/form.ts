import { base64url } from "jose";
import { MAX_TOKEN_CHARACTERS } from "../protocol/limits";

/** The outer form of a token, before anything in it is believed (RFC 7515 section 3.1). */

const PART = /^[A-Za-z0-9_-]+$/;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The header of a token that has the one canonical form; else null. */
export function readHeader(token: unknown): Record<string, unknown> | null {
  return readPart(token, 0);
}

/** What a token says before its signature was looked at: good for choosing who judges it. */
export function peek(token: unknown): Record<string, unknown> | null {
  return readPart(token, 1);
}

function readPart(token: unknown, index: 0 | 1): Record<string, unknown> | null {
  if (typeof token !== "string" || token.length > MAX_TOKEN_CHARACTERS) return null;
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) return null;
  try {
    const value: unknown = JSON.parse(UTF8.decode(base64url.decode(parts[index] as string)));
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** One value has one spelling: no padding, no other alphabet, no stray bits in the last character. */
function isCanonical(part: string): boolean {
  if (!PART.test(part) || part.length % 4 === 1) return false;
  const bits = (part.length % 4) * 2;
  if (bits === 0) return true;
  const last = ALPHABET.indexOf(part.at(-1) as string);
  // Two characters hold one byte and four spare bits, three hold two bytes and two.
  return (last & (bits === 4 ? 0b1111 : 0b11)) === 0;
}
