import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { DATA, ROOT } from "./lib/config.mjs";
import { takeEngine } from "./lib/engines/names.mjs";
import { exec } from "./lib/processes.mjs";
import { readPlaywright, readVitest } from "./lib/test-reports.mjs";
import { bold, dim, green, red, run, say, Stop } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

const bin = (name) => path.join(ROOT, "node_modules", name);
const TOOLS = {
  prettier: bin("prettier/bin/prettier.cjs"),
  eslint: bin("eslint/bin/eslint.js"),
  tsc: bin("typescript/bin/tsc"),
  vitest: bin("vitest/vitest.mjs"),
  playwright: bin("@playwright/test/cli.js"),
};
const node = (tool, args, env) =>
  exec(process.execPath, [TOOLS[tool], ...args], { cwd: ROOT, env });

/** A check without a report of its own counts as one test. */
const check =
  (tool, ...runs) =>
  async () => {
    let failed = 0;
    for (const args of runs) if ((await node(tool, args)).status !== 0) failed = 1;
    return { passed: 1 - failed, failed };
  };

const vitest = (project, env) => async (folder, files) => {
  const file = path.join(folder, `${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", ...files];
  const { status } = await node("vitest", [...args, `--outputFile.json=${file}`], env);
  return counted(status, file, readVitest);
};

async function e2e(folder, files) {
  const { findBrowser, findHeadlessShell } = await import("./lib/browser.mjs");
  const file = path.join(folder, "e2e.json");
  // The report to look at is for those who were not there.
  const args = ["test", `--reporter=list,json${process.env.CI ? ",html" : ""}`, ...files];
  if (process.env.CI) args.push("--forbid-only");
  const browser = await findBrowser();
  const { status } = await node("playwright", args, {
    CHROMIUM_PATH: browser,
    HEADLESS_SHELL_PATH: (!process.env.CHROMIUM_PATH && findHeadlessShell()) || browser,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    PLAYWRIGHT_HTML_OPEN: "never",
  });
  return counted(status, file, readPlaywright);
}

/** Reads a report; a run that failed without a failed test, or ran none, counts as one failure. */
function counted(status, file, read) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = read(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // No report was written: the tool itself failed.
  }
  return { ...counts, failed: counts.failed || Number(status !== 0 || counts.passed === 0) };
}

/** The integration tests once more: who names no engine has them run on both. */
const OTHER_ENGINE = "integration:cloudflare";

const STEPS = {
  format: check("prettier", ["--check", "--log-level=warn", "."]),
  lint: check("eslint", ["."]),
  types: check("tsc", ["--noEmit", "-p", "."], ["--noEmit", "-p", "party"]),
  unit: vitest("unit"),
  integration: vitest("integration"),
  [OTHER_ENGINE]: vitest("integration", { PARTY_ENGINE: "cloudflare" }),
  build: async () => {
    const { build } = await import("./lib/build.mjs");
    return build().then(
      () => ({ passed: 1, failed: 0 }),
      (error) => (say(String(error.message)), { passed: 0, failed: 1 }),
    );
  },
  e2e,
};

/**
 * The same command on another Node, which comes as a package from the registry and is installed
 * nowhere.
 */
async function onNode(version = "", words) {
  if (!/^\d{2}(\.\d+){0,2}$/.test(version)) throw new Stop("Say which Node: npm test -- --node 24");
  const script = path.join(ROOT, "scripts/test.mjs");
  const other = ["exec", "--yes", `--package=node@${version}`, "--", "node", script, ...words];
  const { status } = await exec("npm", other, { cwd: ROOT });
  process.exit(status);
}

/**
 * `npm test`: everything, in the order in which it fails fastest. `npm test -- unit e2e`: some steps.
 * `npm run e2e -- e2e/chat.spec.ts`: only the tests of these files. `npm test -- --engine cloudflare`:
 * integration and e2e on that engine alone.
 */
await run(async () => {
  const started = Date.now();
  const given = process.argv.slice(2);
  const flag = given.indexOf("--node");
  if (flag >= 0) {
    const [, version] = given.splice(flag, 2);
    return onNode(version, given);
  }
  const words = takeEngine(given, process.env);
  const chosen = words.filter((word) => word in STEPS);
  const files = words.filter((word) => !(word in STEPS));
  const unknown = files.find((file) => !existsSync(path.join(ROOT, file)));
  if (unknown) {
    const steps = Object.keys(STEPS).join(", ");
    throw new Stop(`"${unknown}" is neither a step (${steps}) nor a file.`);
  }
  await setup();
  mkdirSync(DATA, { recursive: true });
  const folder = mkdtempSync(path.join(DATA, "test-"));
  const total = { passed: 0, failed: 0 };
  const lines = [];
  const failures = [];
  const all = Object.keys(STEPS).filter(
    (name) => name !== OTHER_ENGINE || !process.env.PARTY_ENGINE,
  );
  for (const name of chosen.length ? chosen : all) {
    say(`\n${bold(name)}`);
    const from = Date.now();
    const { passed, failed, names = [] } = await STEPS[name](folder, files);
    total.passed += passed;
    total.failed += failed;
    const mark = failed ? red("failed") : green("passed");
    const seconds = ((Date.now() - from) / 1000).toFixed(1);
    lines.push(`${mark} ${name.padEnd(22)} ${String(passed).padStart(4)} ${dim(`${seconds} s`)}`);
    if (failed) failures.push(...(names.length ? names : [`the step "${name}"`]));
    // Without a build there is nothing to open in a browser.
    if (name === "build" && failed) break;
  }
  rmSync(folder, { recursive: true, force: true });
  say(`\n${lines.join("\n")}`);
  say(dim(`${((Date.now() - started) / 1000).toFixed(0)} s in all`));
  // Last, since who reads a log from afar may be shown no more than its end.
  for (const one of failures) say(red(`failed: ${one}`));
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed ? 1 : 0);
});
