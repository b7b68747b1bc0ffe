import "server-only";
import { errorName, logEvent } from "../api/log";
import { currentRequest } from "./current-request";
import { count } from "./metrics";

/**
 * An error that nobody expected, made safe to hand to others: no message, as messages quote what
 * people typed, no address with its query, no header and no cookie. docs/OPERATION.md shows how an
 * error service is attached.
 */
export interface Problem {
  where: "route" | "page" | "browser";
  /** Name of the error's class. */
  name: string;
  /** Path pattern of the page or route, like `/rooms/[id]`. */
  route: string;
  /** Next's digest, which the error page shows to the person. */
  digest?: string;
  /** The id of the request, as in the log. */
  request?: string;
  /** Function names and places in our code, innermost first, without the message. */
  frames: string[];
}
export type Reporter = (problem: Problem) => void | Promise<void>;

const MAX_FRAMES = 8;
const shared = globalThis as { guestlistReporters?: Set<Reporter> };
const reporters = (): Set<Reporter> => (shared.guestlistReporters ??= new Set());

/** Attaches an error service, for the life of the process; gives back the way to detach it. */
export function addReporter(reporter: Reporter): () => void {
  reporters().add(reporter);
  return () => void reporters().delete(reporter);
}

/** Counts and logs a problem, then tells whoever is attached. Never throws, never waits. */
export function report(problem: Problem): void {
  const { where, name, route, digest, request } = problem;
  count("guestlist_errors_total", { where });
  logEvent("error", {
    ...(request !== undefined && { request }),
    ...{ where, route, error: name, at: problem.frames.slice(0, 3).join(" < ") },
    ...(digest !== undefined && { digest }),
  });
  for (const reporter of reporters()) {
    // A service that is down must not become the next problem.
    void (async () => reporter(problem))().catch(() => logEvent("report_failed", { where }));
  }
}

/** What may be told of a caught value. */
export function problemOf(
  error: unknown,
  about: Pick<Problem, "where" | "route"> & { request?: string | undefined },
): Problem {
  const { request = currentRequest().request } = about;
  const digest = (error as { digest?: unknown } | null)?.digest;
  return {
    where: about.where,
    route: about.route,
    name: errorName(error),
    frames: framesOf(error instanceof Error ? error.stack : undefined),
    ...(typeof digest === "string" && /^[\w.-]{1,64}$/.test(digest) && { digest }),
    ...(request !== undefined && { request }),
  };
}

/** `at name (place:1:2)` as V8 writes a frame, `name@place:1:2` as the other engines do. */
const V8_FRAME = /^\s+at (?:async )?(?:([\w.$<>[\] ]{1,80}) )?\(?([^()\s]+):(\d+):(\d+)\)?$/;
const OTHER_FRAME = /^([\w.$<>/]{0,80})@(\S+?):(\d+):(\d+)$/;

/** Only lines of these forms: a message may have lines of its own. */
export function framesOf(stack: string | undefined): string[] {
  return (stack ?? "")
    .split("\n")
    .map((line) => V8_FRAME.exec(line) ?? OTHER_FRAME.exec(line))
    .filter((found) => found !== null)
    .slice(0, MAX_FRAMES)
    .map(
      ([, name, file = "", line, column]) => `${name || "?"} ${shortened(file)}:${line}:${column}`,
    );
}

/** The place inside of the project, never where that stands on the machine. */
const shortened = (file: string): string =>
  /(?:^|\/)((?:\.next|node_modules|app|components|lib)\/[^?#]*)/.exec(file)?.[1] ??
  file
    .replace(/[?#].*$/, "")
    .split("/")
    .at(-1) ??
  "?";
