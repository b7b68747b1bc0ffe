import type { Instrumentation } from "next";

/**
 * Runs once when the server starts, before the first request: a wrong setting ends the process here,
 * by name, rather than failing each request later. A build needs no settings.
 *
 * The place to attach tracing and an error service: docs/OPERATION.md shows both.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  const [{ checkAtBoot }, { watchProcess }, { letConnectionsEnd }] = await Promise.all([
    import("./lib/env/boot"),
    import("./lib/observe/process"),
    import("./lib/observe/stopping"),
  ]);
  checkAtBoot();
  letConnectionsEnd();
  // Nobody waits for it: what an earlier process had promised and not finished.
  const { finishErasures } = await import("./lib/api/erasures");
  void finishErasures();
  watchProcess();
}

/** What a page could not draw, or a route threw past lib/api/route.ts. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ problemOf, report }, { isRequestId, REQUEST_ID_HEADER }] = await Promise.all([
    import("./lib/observe/report"),
    import("./lib/observe/request-id"),
  ]);
  const id = request.headers[REQUEST_ID_HEADER];
  const where = context.routeType === "route" ? "route" : "page";
  const route = context.routePath;
  report(problemOf(error, { where, route, request: isRequestId(id) ? id : undefined }));
};
