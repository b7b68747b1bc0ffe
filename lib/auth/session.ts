import "server-only";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { getAccounts } from "../accounts/libsql";
import { serverEnv } from "../env/server";
import { sessionCookieName } from "./cookies";
import { sameOriginPath } from "./return-to";
import { checkSession } from "./session-check";

export interface CurrentUser {
  id: string;
  name: string;
  email: string;
  picture: string | null;
  admin: boolean;
  /** False for people who only ever signed in through a provider. */
  hasPassword: boolean;
  /** The `sid` of tokens. */
  sessionId: string;
  /** Absolute end, milliseconds since the Unix epoch. */
  sessionExpiresAt: number;
}

/**
 * The person behind this request, or null. Asks the session row once per request.
 * @throws AccountsUnavailable where the database cannot tell; never treat that as signed out.
 */
export const getUser = cache(async (): Promise<CurrentUser | null> => {
  const { https, secret } = serverEnv();
  const cookie = (await cookies()).get(sessionCookieName(https))?.value;
  const active = await checkSession(cookie, { accounts: getAccounts(), secret, now: Date.now() });
  if (!active) return null;
  const { session, person } = active;
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    picture: person.picture,
    admin: person.admin,
    hasPassword: person.passwordHash !== null,
    sessionId: session.id,
    sessionExpiresAt: session.expiresAt,
  };
});

/**
 * The person behind this request; others are sent to the sign-in page and come back to `returnTo`,
 * a path on our own origin.
 */
export async function requireUser(returnTo: string): Promise<CurrentUser> {
  const user = await getUser();
  if (user) return user;
  const path = sameOriginPath(returnTo, serverEnv().origin) ?? "/rooms";
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
}

/** Which sign-in buttons to show, beside email and password. */
export function configuredProviders(): { id: "github" | "google"; name: string }[] {
  const { github, google } = serverEnv();
  return [
    ...(github ? [{ id: "github" as const, name: "GitHub" }] : []),
    ...(google ? [{ id: "google" as const, name: "Google" }] : []),
  ];
}
