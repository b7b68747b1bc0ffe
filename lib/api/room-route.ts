import "server-only";
import { getAccounts } from "../accounts/libsql";
import type { Accounts } from "../accounts/port";
import type { CurrentUser } from "../auth/session";
import { countRequest } from "../auth/token-bucket";
import { readJson } from "./body";
import { answer, Refusal } from "./errors";
import { requireApiUser, requireOwnPage } from "./guard";
import { route } from "./route";

/** Changes that one person may ask of rooms: a few at once, then one each second. */
const ROOM_CHANGES = { perMinute: 60, burst: 40 };

interface Asked<P> {
  accounts: Accounts;
  caller: CurrentUser;
  params: P;
  /** The body; empty where the request has none. */
  given: Record<string, unknown>;
  query: URLSearchParams;
  now: number;
}
type Work<P> = (asked: Asked<P>) => Promise<unknown>;
type Context<P> = { params: Promise<P> };

/** A route that tells something to whoever is signed in; what comes back is the body, or the answer. */
export const telling = <P = object>(work: Work<P>) =>
  route(async (request, { params }: Context<P>) => {
    const caller = await requireApiUser();
    const { searchParams: query } = new URL(request.url);
    const asked = { accounts: getAccounts(), caller, given: {}, query, now: Date.now() };
    return toAnswer(200, await work({ ...asked, params: await params }));
  });

/** A route that changes something, for our own pages only, at a measured pace. */
export const changing = <P = object>(status: 200 | 201, work: Work<P>) =>
  route(async (request, { params }: Context<P>) => {
    requireOwnPage(request);
    // A deletion need not say more than its address.
    const bare = request.method === "DELETE" && !request.headers.has("content-type");
    const given = bare ? {} : await readJson(request);
    const caller = await requireApiUser();
    const [accounts, now] = [getAccounts(), Date.now()];
    const wait = await countRequest(accounts.throttle, `room:${caller.id}`, ROOM_CHANGES, now);
    if (wait) throw new Refusal("rate_limited", { retryAfterMs: wait.waitMs });
    const { searchParams: query } = new URL(request.url);
    return toAnswer(
      status,
      await work({ accounts, caller, params: await params, given, query, now }),
    );
  });

const toAnswer = (status: number, body: unknown): Response =>
  body instanceof Response ? body : answer(status, body ?? { ok: true });
