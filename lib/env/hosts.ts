/** The origin of `NEXTAUTH_URL`, or null. */
export function originOf(url: string | undefined): string | null {
  try {
    const parsed = new URL(url ?? "");
    return /^https?:$/.test(parsed.protocol) ? parsed.origin : null;
  } catch {
    return null;
  }
}
