import "server-only";
import { ConfigurationProblem } from "./problem";
import { serverEnv } from "./server";

/** Checks the environment; a problem is told in one sentence and ends the process. */
export function checkAtBoot(): void {
  try {
    serverEnv();
  } catch (error) {
    const text =
      error instanceof ConfigurationProblem ? error.message : "The settings are unreadable.";
    process.stderr.write(`\nStopped: ${text}\n`);
    process.exit(1);
  }
}
