import { getAccounts } from "@/lib/accounts/libsql";
import { answer, Refusal } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { logEvent } from "@/lib/api/log";
import { methods, route } from "@/lib/api/route";
import { clearSessionCookie } from "@/lib/auth/cookies";
import { endSession } from "@/lib/auth/end-session";
import { serverEnv } from "@/lib/env/server";

type Context = { params: Promise<{ sid: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Ends one own session; another person's is "not found". The own current one is a sign-out. */
  DELETE: route(async (request, { params }: Context) => {
    requireOwnPage(request);
    const user = await requireApiUser();
    const { sid } = await params;
    const accounts = getAccounts();
    const own = await accounts.sessions.list(user.id, Date.now());
    if (!own.some((session) => session.id === sid)) throw new Refusal("not_found");
    const current = sid === user.sessionId;
    await endSession(accounts, sid, current ? "signed_out" : "ended_elsewhere");
    logEvent("sessions_ended", { user: user.id, ended: 1 });
    const headers = current ? { "set-cookie": clearSessionCookie(serverEnv().https) } : undefined;
    return answer(200, { ended: 1 }, headers);
  }),
});
