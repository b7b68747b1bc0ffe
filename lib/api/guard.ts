import "server-only";
import { cookies } from "next/headers";
import { clearSessionCookie, sessionCookieName } from "../auth/cookies";
import { type CurrentUser, getUser } from "../auth/session";
import { serverEnv } from "../env/server";
import { Refusal } from "./errors";
import { requireSameOrigin } from "./same-origin";

/**
 * The person behind an API request. A cookie whose session has ended is taken away with the answer.
 * @throws Refusal `signed_out`
 * @throws AccountsUnavailable
 */
export async function requireApiUser(): Promise<CurrentUser> {
  const user = await getUser();
  if (user) return user;
  const { https } = serverEnv();
  const stale = (await cookies()).has(sessionCookieName(https));
  throw new Refusal(
    "signed_out",
    stale ? { headers: { "set-cookie": clearSessionCookie(https) } } : {},
  );
}

/** For routes that change something: only our own pages may cause it. */
export function requireOwnPage(request: Request): void {
  requireSameOrigin(request.headers, serverEnv().origin);
}
