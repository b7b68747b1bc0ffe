import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./config.mjs";
import { exec } from "./processes.mjs";
import { step, Stop } from "./say.mjs";

const NAMES = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

const runnable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

async function playwrightsOwn() {
  const { chromium } = await import("playwright");
  const file = chromium.executablePath();
  return existsSync(file) ? file : null;
}

function inPath(names) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(runnable);
}

const systems = () => inPath(NAMES) ?? PLACES.find(runnable) ?? null;

/**
 * Chromium without a window around its pages, where there is one: the tests take half the time in
 * it. Undefined where there is none.
 */
export const findHeadlessShell = () => inPath(["chromium-headless-shell"]);

async function download() {
  step("Fetching a browser for the tests");
  const cli = path.join(ROOT, "node_modules/playwright/cli.js");
  const { status } = await exec(process.execPath, [cli, "install", "chromium"], { quiet: true });
  return status === 0 ? playwrightsOwn() : null;
}

async function debians() {
  if (!runnable("/usr/bin/apt-get")) return null;
  step("Installing Debian's Chromium for the tests");
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const packages = ["chromium", "chromium-headless-shell"];
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    const [command, ...args] = [...sudo, "apt-get", ...words];
    const { status } = await exec(command, args, { quiet: true, env }).catch(() => ({ status: 1 }));
    if (status !== 0) return null;
  }
  return systems();
}

/**
 * A Chromium for the tests: the one named by CHROMIUM_PATH, Playwright's own, one of the system,
 * Playwright's download, Debian's package; else a sentence on how to get one.
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !runnable(named)) throw new Stop(`CHROMIUM_PATH=${named} cannot be run.`);
  const found =
    named ?? (await playwrightsOwn()) ?? systems() ?? (await download()) ?? (await debians());
  if (found) return found;
  throw new Stop(
    "The tests need a browser and none was found or could be fetched. Install Google Chrome or Chromium (or run `npx playwright install chromium`), then run the command again. CHROMIUM_PATH names one in an unusual place.",
  );
}
