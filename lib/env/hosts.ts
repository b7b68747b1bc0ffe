/** The origin of `NEXTAUTH_URL`, or null. */
export function originOf(url: string | undefined): string | null {
  try {
    const parsed = new URL(url ?? "");
    return /^https?:$/.test(parsed.protocol) ? parsed.origin : null;
  } catch {
    return null;
  }
}

/**
 * Where the app is reached: `NEXTAUTH_URL`; for a preview on Vercel, which has none, the address of
 * its branch, else of the single deployment. Vercel sets these, never a visitor.
 */
export function appUrl(given: Record<string, string | undefined>): string | undefined {
  if (given.NEXTAUTH_URL || given.VERCEL_ENV !== "preview") return given.NEXTAUTH_URL;
  const host = given.VERCEL_BRANCH_URL || given.VERCEL_URL;
  return host ? `https://${host}` : undefined;
}
