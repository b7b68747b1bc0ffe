/** Control characters and backslashes: browsers drop or turn them, so `/\evil` would leave the origin. */
const UNSAFE = /[\u0000-\u0020\u007f\\]/;

/**
 * The path, query and fragment of an address on our own origin, or null.
 * Takes a path or an absolute address; refuses everything that a browser could read as another host.
 */
export function sameOriginPath(value: unknown, origin: string): string | null {
  if (typeof value !== "string" || value.length > 2_048 || UNSAFE.test(value)) return null;
  if (!value.startsWith("/") && !value.startsWith(`${origin}/`) && value !== origin) return null;
  if (value.startsWith("//")) return null;
  try {
    const url = new URL(value, origin);
    if (url.origin !== origin || url.username || url.password) return null;
    const path = `${url.pathname}${url.search}${url.hash}`;
    // Dot segments resolve late: `/.//evil` parses to the path `//evil`.
    return path.startsWith("//") ? null : path;
  } catch {
    return null;
  }
}
