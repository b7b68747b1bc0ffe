/**
 * The cookies of a `Cookie` header (RFC 6265 section 5.4). The first of two equal names wins: the
 * browser puts the one with the more specific path first. Values that do not decode stay as sent.
 */
export function parseCookies(header: string | null): Record<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at < 1) continue;
    const name = pair.slice(0, at).trim();
    const value = pair
      .slice(at + 1)
      .trim()
      .replace(/^"(.*)"$/, "$1");
    if (name && !cookies.has(name)) cookies.set(name, decoded(value));
  }
  // Own properties even for `__proto__`: Object.fromEntries defines, it does not assign.
  return Object.fromEntries(cookies);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
