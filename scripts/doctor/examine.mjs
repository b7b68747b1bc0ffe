import { Ill } from "./ill.mjs";
import { healthChecks } from "./health.mjs";
import { doorChecks } from "./doors.mjs";
import { pageChecks } from "./pages.mjs";
import { transportChecks } from "./transport.mjs";
import { visitChecks } from "./visit.mjs";

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string[]} [after] checks whose failure would be this one's too: it is not looked at then
 * @property {boolean} [always] even when the doctor has been told to stop
 * @property {(ward: any) => Promise<{figure?: string, ms?: number} | string | void>} run
 *   throws `Ill`; what later checks need it leaves in the ward
 *
 * @typedef {object} Finding
 * @property {string} name
 * @property {"ok" | "ill" | "skipped"} state
 * @property {string} figure what was seen
 * @property {number | null} ms how long the thing took that was looked at
 * @property {string | null} remedy where it is ill
 */

export const CHECKS = [
  ...transportChecks,
  ...healthChecks,
  ...pageChecks,
  ...doorChecks,
  ...visitChecks,
];

/**
 * Looks at a deployed pair as an outsider and tells what is found, check by check.
 * @param {{app: string, party: {host: string, http: string, ws: string},
 *   account?: {email: string, password: string} | null}} ward
 * @param {{onFinding?: (finding: Finding) => void, signal?: AbortSignal, checks?: Check[]}} [options]
 * @returns {Promise<Finding[]>}
 */
export async function examine(ward, { onFinding = () => {}, signal, checks = CHECKS } = {}) {
  /** @type {Finding[]} */
  const findings = [];
  const isOk = (name) => findings.find((one) => one.name === name)?.state === "ok";
  for (const check of checks) {
    const missing = check.after?.find((name) => !isOk(name));
    const stopped = signal?.aborted && !check.always;
    const finding =
      missing || stopped
        ? skipped(check.name, missing ? `needs: ${missing}` : "stopped")
        : await look(check, ward);
    findings.push(finding);
    onFinding(finding);
  }
  ward.line?.close();
  return findings;
}

const skipped = (name, figure) => ({ name, state: "skipped", figure, ms: null, remedy: null });

/** @returns {Promise<Finding>} */
async function look({ name, run }, ward) {
  try {
    const seen = await run(ward);
    const { figure = "", ms = null } = typeof seen === "string" ? { figure: seen } : (seen ?? {});
    return { name, state: "ok", figure, ms, remedy: null };
  } catch (error) {
    const told = error instanceof Ill;
    return {
      name,
      state: "ill",
      figure: told ? error.message : `an answer that nothing expects (${error?.name})`,
      ms: null,
      remedy: told ? error.remedy : "Look at the log of either side for this moment.",
    };
  }
}
