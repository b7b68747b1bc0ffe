import { changeName, deleteAccount } from "@/lib/api/account";
import { readJson } from "@/lib/api/body";
import { answer } from "@/lib/api/errors";
import { accountContext, requireOwnPage } from "@/lib/api/guard";
import { methods, route } from "@/lib/api/route";
import { clearSessionCookie } from "@/lib/auth/cookies";
import { serverEnv } from "@/lib/env/server";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{name}`: another display name. */
  PATCH: route(async (request) => {
    requireOwnPage(request);
    const given = await readJson(request);
    return answer(200, await changeName(given, await accountContext()));
  }),
  /** `{password, confirm: true}`: deletes the own account for good. */
  DELETE: route(async (request) => {
    requireOwnPage(request);
    const given = await readJson(request);
    await deleteAccount(given, await accountContext());
    return answer(200, { ok: true }, { "set-cookie": clearSessionCookie(serverEnv().https) });
  }),
});
