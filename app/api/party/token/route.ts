import { getAccounts } from "@/lib/accounts/libsql";
import { readJson } from "@/lib/api/body";
import { answer } from "@/lib/api/errors";
import { requireApiUser, requireOwnPage } from "@/lib/api/guard";
import { createQueue } from "@/lib/api/queue";
import { methods, route } from "@/lib/api/route";
import { serverEnv } from "@/lib/env/server";
import { counted, issueToken, readOrder } from "@/lib/token/issue";

/**
 * A crowd that comes back at once is told to come again rather than left waiting: a client gives a
 * request up after ten seconds, and an answer that nobody hears is work taken from the others.
 */
const inTurn = createQueue({ name: "token", atOnce: 8, waiting: 1_000, maxWaitMs: 1_000 });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(async (request) => {
    // Taken first: a removal from the room that happens meanwhile is later than the token's `iat`.
    const now = Date.now();
    requireOwnPage(request);
    const order = readOrder(await readJson(request));
    const issue = async () => {
      const user = await requireApiUser();
      return issueToken(order, user, { accounts: getAccounts(), env: serverEnv(), now });
    };
    return answer(200, await counted(order, () => inTurn(issue, request.signal)));
  }),
});
