import { getAccounts } from "@/lib/accounts/libsql";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { logEvent } from "@/lib/api/log";
import { methods, route } from "@/lib/api/route";
import { endOtherSessions } from "@/lib/auth/end-session";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** Own living sessions, the most recently used first. */
  GET: route(async () => {
    const user = await requireApiUser();
    const sessions = await getAccounts().sessions.list(user.id, Date.now());
    return answer(200, {
      sessions: sessions.map(({ id, device, createdAt, lastSeenAt, expiresAt }) => ({
        ...{ id, device, createdAt, lastSeenAt, expiresAt },
        current: id === user.sessionId,
      })),
    });
  }),
  /** Ends all own sessions but the one that asks. */
  DELETE: route(async (request) => {
    requireOwnPage(request);
    const user = await requireApiUser();
    const ended = await endOtherSessions(getAccounts(), user.id, user.sessionId);
    logEvent("sessions_ended", { user: user.id, ended });
    return answer(200, { ended });
  }),
});
