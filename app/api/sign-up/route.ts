import { getAccounts } from "@/lib/accounts/libsql";
import { readJson } from "@/lib/api/body";
import { answer, Refusal } from "@/lib/api/errors";
import { requireOwnPage } from "@/lib/api/guard";
import { logEvent } from "@/lib/api/log";
import { methods, route } from "@/lib/api/route";
import { clientAddress } from "@/lib/auth/address";
import { breachCheck } from "@/lib/auth/breached";
import { signUp } from "@/lib/auth/sign-up";
import { serverEnv } from "@/lib/env/server";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(async (request) => {
    requireOwnPage(request);
    const { limits, passwordRangeUrl, trustForwardedFor } = serverEnv();
    const verdict = await signUp(await readJson(request), {
      accounts: getAccounts(),
      address: clientAddress(request.headers, trustForwardedFor),
      perHour: limits.signUpsPerHour,
      isBreached: breachCheck(passwordRangeUrl),
      now: Date.now(),
    });
    if (!verdict.ok) {
      const { code, fields, retryAfterMs } = verdict;
      throw new Refusal(code, { ...(fields && { fields }), ...(retryAfterMs && { retryAfterMs }) });
    }
    logEvent("sign_up", { user: verdict.id });
    return answer(201, { id: verdict.id });
  }),
});
