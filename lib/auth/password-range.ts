/**
 * Ranges of a list of breached passwords (Have I Been Pwned, API v3 "range"; k-anonymity): five
 * characters of a SHA-1 digest are asked for, more than a thousand passwords share them, and what is
 * compared is compared here. Pure.
 */
const PREFIX_CHARACTERS = 5;
const LINE = /^([0-9A-F]{35}):(\d{1,12})$/;

/** What is asked, and what stays. `sha1` is 40 hexadecimal digits. */
export function splitDigest(sha1: string): { prefix: string; suffix: string } {
  const text = sha1.toUpperCase();
  return { prefix: text.slice(0, PREFIX_CHARACTERS), suffix: text.slice(PREFIX_CHARACTERS) };
}

/**
 * Whether a range, lines of `SUFFIX:COUNT`, has a suffix; counts of nought are padding. Null where
 * the text is no range: an error page and an empty answer say nothing about a password.
 */
export function rangeHas(range: string, suffix: string): boolean | null {
  let has = false;
  for (const line of range.trim().split(/\r?\n/)) {
    const [, found, times] = LINE.exec(line) ?? [];
    if (found === undefined) return null;
    if (found === suffix && Number(times) > 0) has = true;
  }
  return has;
}
