import { copyFileSync, cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { readlinkSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildIn } from "./lib/build.mjs";
import { ROOT } from "./lib/config.mjs";
import { isMain } from "./lib/processes.mjs";
import { compareBuilds, digestsOf } from "./lib/reproducible.mjs";
import { run, say, step, Stop } from "./lib/say.mjs";

/** The same files under another folder, without their bytes where the disk can do that. */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source, target) {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Builds a copy of the sources, in a folder of its own; gives the digests of what came of it. */
async function digestsOfCopy(folder) {
  // All that is no package, result or setting of this machine: the types of tests are checked too.
  for (const name of readdirSync(ROOT)) {
    if (/^\.|^(node_modules|test-results|playwright-report)$/.test(name)) continue;
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  }
  linkTree(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  await buildIn(folder, { quiet: true });
  return digestsOf(path.join(folder, ".next"));
}

/** Two production builds of the same sources, in two folders, and whether they are the same. */
async function main() {
  const folders = ["one", "other"].map((name) =>
    realpathSync(mkdtempSync(path.join(tmpdir(), `guestlist-build-${name}-`))),
  );
  try {
    const digests = [];
    for (const [index, folder] of folders.entries()) {
      step(`Building copy ${index + 1} of 2`);
      digests.push(await digestsOfCopy(folder));
    }
    const { same, different, inOneAlone } = compareBuilds(digests[0], digests[1]);
    for (const name of different) say(`different: ${name}`);
    for (const name of inOneAlone) say(`in one alone: ${name}`);
    const browser = same.filter((name) => name.startsWith("static/")).length;
    say(`${same.length} files are the same, ${browser} of them what browsers are given.`);
    if (different.length + inOneAlone.length > 0) {
      throw new Stop(`The builds differ in ${different.length + inOneAlone.length} files.`);
    }
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) await run(main);
