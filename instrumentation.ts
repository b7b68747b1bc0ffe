/**
 * Runs once when the server starts, before the first request: a wrong setting ends the process here,
 * by name, rather than failing each request later. A build needs no settings.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  const { checkAtBoot } = await import("./lib/env/boot");
  checkAtBoot();
  // Nobody waits for it: what an earlier process had promised and not finished.
  const { finishErasures } = await import("./lib/api/erasures");
  void finishErasures();
}
