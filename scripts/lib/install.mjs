import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./config.mjs";
import { exec } from "./processes.mjs";
import { Stop, step } from "./say.mjs";

const STAMP = path.join(ROOT, "node_modules", ".guestlist-lock");

const RETRY_WAIT = "--fetch-retry-maxtimeout=15000";

const wanted = () =>
  createHash("sha256")
    .update(readFileSync(path.join(ROOT, "package-lock.json")))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest("hex");

/** Installs what the lock file names, unless exactly that is installed already. */
export async function install() {
  const lock = wanted();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return;
  step("Installing packages (first time, a minute or two)");
  const { status, output } = await exec(
    "npm",
    // npm's own waits between its tries add up to more than a minute.
    ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error", RETRY_WAIT],
    { cwd: ROOT, quiet: true },
  );
  if (status !== 0) throw new Stop(explain(output));
  writeFileSync(STAMP, lock);
}

/** What npm's output means for the person at the terminal. */
export function explain(output) {
  const code = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|CONNRESET|NETUNREACH)/.exec(output)?.[0];
  if (code) {
    return `The npm registry cannot be reached (${code}), so packages cannot be installed. Check the connection, or npm's proxy and registry settings, then run the command again.`;
  }
  if (/ENOSPC/.test(output)) return "The disk is full, so packages cannot be installed.";
  return `npm could not install the packages:\n${output.trim().split("\n").slice(-12).join("\n")}`;
}
