import { getAccounts } from "@/lib/accounts/libsql";
import { endPersonsSessions, switchPerson } from "@/lib/api/admin";
import { answer, Refusal } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { methods, route } from "@/lib/api/route";

type Context = { params: Promise<{ id: string; act: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /**
   * `…/disable` ends all sessions of a person and lets them sign in no more; `…/enable` lets them;
   * `…/end-sessions` signs them out everywhere. */
  POST: route(async (request, { params }: Context) => {
    requireOwnPage(request);
    const caller = await requireApiUser();
    const { id, act } = await params;
    if (act === "end-sessions") {
      return answer(200, await endPersonsSessions(getAccounts(), caller, id));
    }
    if (act !== "disable" && act !== "enable") throw new Refusal("not_found");
    await switchPerson(getAccounts(), caller, id, act);
    return answer(200, { ok: true });
  }),
});
