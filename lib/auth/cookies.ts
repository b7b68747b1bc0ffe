import { randomBytes } from "node:crypto";

/**
 * The session cookie's name. Over https the `__Secure-` prefix keeps a plain-http neighbour from
 * planting one (RFC 6265bis section 4.1.3).
 */
export const sessionCookieName = (https: boolean): string =>
  `${https ? "__Secure-" : ""}next-auth.session-token`;

/** Set-Cookie text that removes the session cookie. */
export const clearSessionCookie = (https: boolean): string =>
  `${sessionCookieName(https)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${https ? "; Secure" : ""}`;

/** 144 random bits: the `sid`. Printable ASCII, as the token's claims ask. */
export const newSessionId = (): string => randomBytes(18).toString("base64url");
