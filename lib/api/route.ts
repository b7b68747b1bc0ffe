import { AccountsUnavailable } from "../accounts/port";
import { Busy } from "./queue";
import { Refusal, refusalAnswer } from "./errors";
import { errorName, logEvent } from "./log";

/** After a database that was locked or a queue that was full. */
const RETRY_AFTER_MS = 2_000;

type Handler<A extends unknown[]> = (request: Request, ...rest: A) => Promise<Response>;

/**
 * A route handler whose every outcome is an answer with a closed code: refusals as thrown, trouble
 * with the database 503, everything else 500 and a log line without the error's text.
 */
export function route<A extends unknown[]>(handler: Handler<A>): Handler<A> {
  return async (request, ...rest) => {
    try {
      return await handler(request, ...rest);
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error.code, error.details);
      if (error instanceof AccountsUnavailable || error instanceof Busy) {
        logEvent("unavailable", { route: pathOf(request), error: errorName(error) });
        return refusalAnswer("unavailable", { retryAfterMs: RETRY_AFTER_MS });
      }
      // Next steers rendering by throwing; those errors carry a digest and are its own.
      if (error instanceof Error && "digest" in error) throw error;
      logEvent("error", { route: pathOf(request), error: errorName(error) });
      return refusalAnswer("internal");
    }
  };
}

/** The handler for every method that a route does not have (RFC 9110 section 15.5.6). */
export const notAllowed = (allow: string) => (): Response =>
  refusalAnswer("method_not_allowed", { headers: { allow } });

/** For addresses under which there is nothing: JSON like every answer of the API, not a page. */
export const noSuchRoute = (): Response => refusalAnswer("not_found");

const pathOf = (request: Request): string => new URL(request.url).pathname.slice(0, 100);
