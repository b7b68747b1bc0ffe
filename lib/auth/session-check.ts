import "server-only";
import { decode } from "next-auth/jwt";
import type { Accounts, Person, Session } from "../accounts/port";

/** An active session row is marked as used at most this often. */
const TOUCH_EVERY_MS = 60_000;
const MAX_COOKIE_CHARACTERS = 4_096;

export interface ActiveSession {
  session: Session;
  person: Person;
}

/** The session id inside a session cookie, or null where the cookie is not ours or has run out. */
export async function sessionIdOf(
  cookie: string | undefined,
  secret: string,
): Promise<{ sid: string; sub: string } | null> {
  if (!cookie || cookie.length > MAX_COOKIE_CHARACTERS) return null;
  // `decode` throws for everything that does not decrypt or has ended.
  const claims = await decode({ token: cookie, secret }).catch(() => null);
  return typeof claims?.sid === "string" && typeof claims.sub === "string"
    ? { sid: claims.sid, sub: claims.sub }
    : null;
}

/**
 * Who holds this cookie: the database decides, the cookie only names the row.
 * Null for no, foreign, ended or revoked sessions and for disabled or deleted people.
 * @throws AccountsUnavailable where the database cannot tell: that is not "signed out".
 */
export async function checkSession(
  cookie: string | undefined,
  { accounts, secret, now }: { accounts: Accounts; secret: string; now: number },
): Promise<ActiveSession | null> {
  const named = await sessionIdOf(cookie, secret);
  if (!named) return null;
  const active = await accounts.sessions.active(named.sid, now);
  if (!active || active.person.id !== named.sub) return null;
  if (now - active.session.lastSeenAt >= TOUCH_EVERY_MS) {
    // Bookkeeping for the list in settings: a request neither waits nor fails for it.
    void accounts.sessions.touch(active.session.id, now).catch(() => undefined);
  }
  return active;
}
