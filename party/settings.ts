import { parsePartyEnv, type PartyEnv } from "../lib/env/party";
import { createVerifier, type Verifier } from "../lib/token/verify";
import { log } from "./log";

export interface Settings extends PartyEnv {
  verifier: Verifier;
}

let checked: { settings: Settings | null } | undefined;

/**
 * The checked settings, or null where one is missing or wrong: then nobody gets in, and the log
 * has said once which it is. The environment of a worker does not change while it runs.
 */
export function settingsOf(env: Record<string, unknown>): Settings | null {
  checked ??= { settings: read(env) };
  return checked.settings;
}

function read(env: Record<string, unknown>): Settings | null {
  try {
    const parsed = parsePartyEnv(env);
    const verifier = createVerifier({
      jwks: parsed.jwks,
      issuer: parsed.origins[0],
      trusted: parsed.trustedIssuers,
      previews: parsed.previews,
    });
    return { ...parsed, verifier };
  } catch (error) {
    const problem = error instanceof Error && error.name === "ConfigurationProblem";
    log("misconfigured", { problem: problem ? error.message : "The settings cannot be read." });
    return null;
  }
}
