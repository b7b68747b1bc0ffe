import { changePassword } from "@/lib/api/account";
import { readJson } from "@/lib/api/body";
import { answer } from "@/lib/api/errors";
import { accountContext, requireOwnPage } from "@/lib/api/guard";
import { notAllowed, route } from "@/lib/api/route";

/** `{current, password}`: another password; all other sessions end. */
export const POST = route(async (request) => {
  requireOwnPage(request);
  const given = await readJson(request);
  await changePassword(given, await accountContext());
  return answer(200, { ok: true });
});

const refused = notAllowed("POST");
export { refused as DELETE, refused as GET, refused as HEAD, refused as OPTIONS };
export { refused as PATCH, refused as PUT };
