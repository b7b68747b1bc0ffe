import { getAccounts } from "@/lib/accounts/libsql";
import { readJson } from "@/lib/api/body";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { notAllowed, route } from "@/lib/api/route";
import { serverEnv } from "@/lib/env/server";
import { issueToken, readOrder } from "@/lib/token/issue";

export const POST = route(async (request) => {
  // Taken first: a removal from the room that happens meanwhile is later than the token's `iat`.
  const now = Date.now();
  requireOwnPage(request);
  const order = readOrder(await readJson(request));
  const user = await requireApiUser();
  const context = { accounts: getAccounts(), env: serverEnv(), now };
  return answer(200, await issueToken(order, user, context));
});

const refused = notAllowed("POST");
export { refused as DELETE, refused as GET, refused as HEAD, refused as OPTIONS };
export { refused as PATCH, refused as PUT };
