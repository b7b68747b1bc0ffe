/** What NextAuth's `?error=` says after a sign-in through a provider: its codes, our words. */
const WORDS: Record<string, string> = {
  AccessDenied: "That account may not come in here.",
  OAuthAccountNotLinked:
    "There is an account with that email already. Sign in with its password instead.",
  SessionRequired: "Sign in to go on.",
};

/** A sentence for a known code, a general one for any other, nothing without one. */
export function providerError(code: unknown): string | undefined {
  if (typeof code !== "string" || code === "") return undefined;
  return Object.hasOwn(WORDS, code)
    ? WORDS[code]
    : "Signing in that way did not work. Try again, or use your password.";
}
