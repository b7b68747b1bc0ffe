/** RFC 5321 section 4.5.3.1. */
const MAX_EMAIL_CHARACTERS = 254;
const MAX_LOCAL_CHARACTERS = 64;
/** RFC 5322 dot-atom in ASCII: no quoted parts, comments or address literals, which parsers read differently. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one form of an address that is stored and compared: trimmed, lower case, ASCII only, so that
 * no look-alike (`victim＠…`, `vıctim@…`) is a second account or folds onto a first. Null where it
 * is no such address.
 */
export function normaliseEmail(given: unknown): string | null {
  if (typeof given !== "string" || given.length > MAX_EMAIL_CHARACTERS + 16) return null;
  const trimmed = given.trim();
  // Before lower-casing: U+212A (Kelvin) and U+0130 would become ASCII letters.
  if (!/^[\x21-\x7e]{3,254}$/.test(trimmed)) return null;
  const [local = "", domain = "", ...rest] = trimmed.toLowerCase().split("@");
  if (rest.length > 0 || local.length > MAX_LOCAL_CHARACTERS) return null;
  return LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : null;
}
