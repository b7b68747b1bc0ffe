import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "./config.mjs";

/** Characters of a reason: what a client heard before it gave up can fill pages. */
const MAX_REASON = 300;

/**
 * What the reports of both runners say: how many passed and failed, and one line for each failure,
 * so that the end of a long output is enough to know what went wrong.
 */
export function readVitest({ numPassedTests, numFailedTests, testResults }) {
  const names = testResults.flatMap(({ name, message, assertionResults }) => {
    const file = path.relative(ROOT, name);
    const failed = assertionResults.filter(({ status }) => status === "failed");
    // A file that could not be run has no failed test, but says why.
    if (failed.length === 0 && message) return [line(file, "", message)];
    return failed.map((one) => line(file, one.fullName, one.failureMessages[0]));
  });
  return { passed: numPassedTests, failed: numFailedTests, names };
}

export function readPlaywright({ stats, suites }) {
  const names = suites.flatMap(specsOf).flatMap(({ ok, file, title, tests }) => {
    const results = tests.flatMap(({ results }) => results);
    const error = results.find(({ status }) => status !== "passed" && status !== "skipped")?.error;
    return ok && !error ? [] : [line(path.join("e2e", file), title, error?.message)];
  });
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, names };
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

function line(file, title, message = "") {
  const [first] = stripVTControlCharacters(message).split("\n");
  return [file, title, first.slice(0, MAX_REASON)].filter(Boolean).join(" › ");
}
