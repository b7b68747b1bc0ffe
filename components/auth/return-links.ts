/** A path of ours that remembers where to go after it; nothing is added for the usual place. */
export const pathWithReturn = (path: "/sign-in" | "/sign-up", returnTo: string): string =>
  returnTo === "/rooms" ? path : `${path}?callbackUrl=${encodeURIComponent(returnTo)}`;
