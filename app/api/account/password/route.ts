import { changePassword } from "@/lib/api/account";
import { readJson } from "@/lib/api/body";
import { answer } from "@/lib/api/errors";
import { accountContext, requireOwnPage } from "@/lib/api/guard";
import { methods, route } from "@/lib/api/route";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  /** `{current, password}`: another password; all other sessions end. */
  POST: route(async (request) => {
    requireOwnPage(request);
    const given = await readJson(request);
    await changePassword(given, await accountContext());
    return answer(200, { ok: true });
  }),
});
