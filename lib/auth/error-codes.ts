/** The words that may stand in `/sign-in?error=…`. The page has a sentence for each. */
export const SIGN_IN_ERRORS = [
  "CredentialsSignin",
  "throttled",
  "unavailable",
  "OAuthAccountNotLinked",
  "AccessDenied",
  "OAuthSignin",
] as const;
export type SignInError = (typeof SIGN_IN_ERRORS)[number];

const THROTTLED = /^throttled:(\d{1,6})$/;

/**
 * Reads an error of NextAuth, or of the address line, into the closed set; what is not known is
 * `OAuthSignin`, "the sign-in with that provider did not work". `seconds` comes with `throttled`.
 */
export function signInErrorOf(given: string | null): { error: SignInError; seconds?: number } {
  const seconds = THROTTLED.exec(given ?? "")?.[1];
  if (seconds !== undefined) return { error: "throttled", seconds: Number(seconds) };
  const known = SIGN_IN_ERRORS.find((word) => word !== "throttled" && word === given);
  return { error: known ?? "OAuthSignin" };
}
