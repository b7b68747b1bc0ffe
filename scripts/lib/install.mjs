import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./config.mjs";
import { exec } from "./processes.mjs";
import { Stop, step } from "./say.mjs";

const STAMP = path.join(ROOT, "node_modules", ".guestlist-lock");

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
    ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: ROOT, quiet: true },
  );
  if (status !== 0) throw new Stop(explain(output));
  writeFileSync(STAMP, lock);
}

function explain(output) {
  const text = output.trim().split("\n").slice(-12).join("\n");
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network/i.test(output)) {
    return `The npm registry cannot be reached, so packages cannot be installed. Check the connection (or npm's proxy and registry settings), then run the command again.\n${text}`;
  }
  if (/ENOSPC/.test(output)) return `The disk is full, so packages cannot be installed.\n${text}`;
  return `npm could not install the packages:\n${text}`;
}
