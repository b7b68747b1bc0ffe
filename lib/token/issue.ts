import "server-only";
import type { Accounts } from "../accounts/port";
import { banned, Refusal } from "../api/errors";
import { logEvent } from "../api/log";
import { countRequest } from "../auth/token-bucket";
import type { ServerEnv } from "../env/server";
import { count } from "../observe/metrics";
import { ADJUSTABLE, ROOM_ID_PATTERN, TOKENS_BURST } from "../protocol/limits";
import { longestHoldMs } from "./hold";
import { type Bearer, type Minted, mintToken } from "./mint";

export interface TokenOrder {
  room: string;
  use: "connect" | "refresh";
}

/** The two fields of a token request; everything else that was sent is not looked at. */
export function readOrder({ room, use }: Record<string, unknown>): TokenOrder {
  if (typeof room !== "string" || !ROOM_ID_PATTERN.test(room)) throw new Refusal("bad_request");
  if (use !== "connect" && use !== "refresh") throw new Refusal("bad_request");
  return { room, use };
}

/** Counts what becomes of an order; a refusal is in the log too, as it keeps somebody out. */
export async function counted(
  { room, use }: TokenOrder,
  work: () => Promise<Minted>,
): Promise<Minted> {
  try {
    const minted = await work();
    count("guestlist_tokens_total", { use, outcome: "minted" });
    return minted;
  } catch (error) {
    const outcome = error instanceof Refusal ? error.code : "unavailable";
    count("guestlist_tokens_total", { use, outcome });
    logEvent("token_refused", { room, use, code: outcome });
    throw error;
  }
}

/**
 * Mints for a person whom the session has named, with the rights that the database gives now.
 * @throws Refusal `rate_limited`, `not_found`, `forbidden`, `signed_out`
 * @throws AccountsUnavailable
 */
export async function issueToken(
  { room, use }: TokenOrder,
  user: Bearer,
  { accounts, env, now }: { accounts: Accounts; env: ServerEnv; now: number },
): Promise<Minted> {
  // Before the room is looked up, so that asking for names of rooms is limited too.
  const perMinute = env.limits.tokensPerMinute;
  const burst = Math.ceil((perMinute * TOKENS_BURST) / ADJUSTABLE.LIMIT_TOKENS_PER_MINUTE.default);
  const bucket = { perMinute, burst };
  const wait = await countRequest(accounts.throttle, `mint:${user.sessionId}`, bucket, now);
  if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });

  // Tokens tell the session's end in whole seconds: in a part of one that is left, a token would be
  // refused on arrival, and that again, which is no way to say that the session is over.
  if (Math.floor(user.sessionExpiresAt / 1000) * 1000 <= now) throw new Refusal("signed_out");

  const access = await accounts.rooms.access(user.id, room, now);
  if (access === "not_found" || access === "forbidden") throw new Refusal(access);
  if ("ban" in access) throw banned(access.ban);

  const until = now + longestHoldMs(env);
  const recorded = await accounts.mints.record(user.sessionId, room, until, now);
  if (!recorded) throw new Refusal("signed_out");
  return mintToken({ user, room, role: access.role, use, now }, env);
}
