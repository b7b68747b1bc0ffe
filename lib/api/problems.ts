import "server-only";
import { type Bucket, take } from "../auth/token-bucket";
import { currentRequest } from "../observe/current-request";
import { framesOf, report } from "../observe/report";
import { Refusal } from "./errors";

/** For the whole process: a broken page in many browsers needs no more lines to be seen. */
const LIMIT: Bucket = { perMinute: 30, burst: 30 };
let fullAt = 0;

/**
 * An error that a page met in a browser, as `components/shell/report-error.ts` sends it. Whatever
 * it says is a stranger's text: only names and places of the expected form are taken.
 * @throws Refusal `bad_request`, `rate_limited`
 */
export function reportFromBrowser(given: Record<string, unknown>, now: number): void {
  const { name, digest, route, stack } = given;
  if (!isName(name) || !isPage(route)) throw new Refusal("bad_request");
  const taken = take(LIMIT, fullAt, now);
  if ("waitMs" in taken) throw new Refusal("rate_limited", { retryAfterMs: taken.waitMs });
  fullAt = taken.fullAt;
  const { request } = currentRequest();
  report({
    where: "browser",
    name,
    route,
    frames: framesOf(typeof stack === "string" ? stack : undefined),
    ...(typeof digest === "string" && /^[\w.-]{1,64}$/.test(digest) && { digest }),
    ...(request !== undefined && { request }),
  });
}

const isName = (text: unknown): text is string =>
  typeof text === "string" && /^\w{1,60}$/.test(text);
/** The first part of the path: what follows may name a room, or be a secret of an invitation. */
const isPage = (text: unknown): text is string =>
  typeof text === "string" && /^\/[a-z-]{0,20}$/.test(text);
