import { AccountsUnavailable } from "../accounts/port";
import { inRequest } from "../observe/current-request";
import { count, observe } from "../observe/metrics";
import { problemOf, report } from "../observe/report";
import { isRequestId, REQUEST_ID_HEADER } from "../observe/request-id";
import { Busy } from "./queue";
import { Refusal, refusalAnswer } from "./errors";
import { errorName, logEvent } from "./log";

/** After a database that was locked or a queue that was full. */
const RETRY_AFTER_MS = 2_000;

type Handler<A extends unknown[]> = (request: Request, ...rest: A) => Promise<Response>;

/**
 * A route handler whose every outcome is an answer with a closed code: refusals as thrown, trouble
 * with the database 503, everything else 500 and a report without the error's text. All that it logs
 * bears the id that proxy.ts gave the request.
 */
export function route<A extends unknown[]>(handler: Handler<A>): Handler<A> {
  return (request, ...rest) => {
    const given = request.headers.get(REQUEST_ID_HEADER);
    const id = isRequestId(given) ? given : crypto.randomUUID();
    return inRequest(id, async () => {
      const [started, area] = [performance.now(), areaOf(request)];
      const response = await outcome(request, () => handler(request, ...rest));
      count("guestlist_http_requests_total", { area, status: String(response.status) });
      observe("guestlist_http_request_seconds", { area }, performance.now() - started);
      return response;
    });
  };
}

async function outcome(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error.code, error.details);
    if (error instanceof AccountsUnavailable || error instanceof Busy) {
      logEvent("unavailable", { route: pathOf(request), error: errorName(error) });
      return refusalAnswer("unavailable", { retryAfterMs: RETRY_AFTER_MS });
    }
    // Next steers rendering by throwing; those errors carry a digest and are its own.
    if (error instanceof Error && "digest" in error) throw error;
    report(problemOf(error, { where: "route", route: pathOf(request) }));
    return refusalAnswer("internal");
  }
}

/** The handler for every method that a route does not have (RFC 9110 section 15.5.6). */
export const notAllowed = (allow: string) => (): Response =>
  refusalAnswer("method_not_allowed", { headers: { allow } });

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
type Handlers = Partial<Record<Exclude<Method, "HEAD">, (...args: never[]) => unknown>>;

/** Every method of an address: those that it has, and for all others the answer that it has not. */
export function methods<H extends Handlers>(
  handlers: H,
): H & Record<Exclude<Method, keyof H>, () => Response> {
  // What can be asked for can be asked about (RFC 9110 section 9.3.2).
  const own = { ...handlers, ...(handlers.GET && { HEAD: handlers.GET }) };
  const refused = notAllowed(METHODS.filter((method) => method in own).join(", "));
  const all = Object.fromEntries(METHODS.map((method) => [method, refused]));
  return { ...all, ...own } as H & Record<Exclude<Method, keyof H>, () => Response>;
}

/** For addresses under which there is nothing: JSON like every answer of the API, not a page. */
export const noSuchRoute = (): Response => refusalAnswer("not_found");

/** Of the address only what cannot name a room or a person. */
const AREA = /^\/api\/([a-z-]{1,20})(?=\/|$)/;
const AREAS = [
  ...["account", "admin", "auth", "health", "metrics", "party"],
  ...["problems", "rooms", "sessions", "sign-up"],
];
const areaOf = (request: Request): string => {
  const name = AREA.exec(new URL(request.url).pathname)?.[1] ?? "";
  return AREAS.includes(name) ? name : "other";
};

/** The code of an invitation opens a room: whoever reads the log need not. */
const pathOf = (request: Request): string =>
  new URL(request.url).pathname.replace(/^(\/api\/invites\/).+/, "$1[code]").slice(0, 100);
