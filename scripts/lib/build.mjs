import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./config.mjs";
import { exec } from "./processes.mjs";
import { Stop, step } from "./say.mjs";

const STAMP = path.join(ROOT, ".next", "guestlist-build");
const SOURCES = ["app", "components", "lib", "public"];
const FILES = ["instrumentation.ts", "next.config.mjs", "package-lock.json", "package.json"];
const MORE_FILES = ["instrumentation-client.ts", "postcss.config.mjs", "proxy.ts", "tsconfig.json"];

function* filesUnder(folder) {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(full);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

/** Everything the production build is made from, beside packages: absolute paths. */
function sourceFiles() {
  const files = [...FILES, ...MORE_FILES].map((name) => path.join(ROOT, name));
  for (const folder of SOURCES) files.push(...filesUnder(path.join(ROOT, folder)));
  return files.filter((file) => existsSync(file));
}

/** A digest of all of it. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const file of sourceFiles()) {
    hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/**
 * A build needs no secret and no database, on a host's machine as little as here: so it gets none,
 * and whatever in the environment or in .env.local could stand in for them is set to nothing.
 */
const NOTHING = Object.fromEntries(
  [
    ...["NEXTAUTH_URL", "NEXTAUTH_SECRET", "PARTY_TOKEN_PRIVATE_JWK", "PARTY_TOKEN_JWKS"],
    ...["PARTY_HOST", "DATABASE_AUTH_TOKEN", "GITHUB_SECRET", "GOOGLE_SECRET"],
  ].map((name) => [name, ""]),
);
const FOR_A_BUILD = { ...NOTHING, DATABASE_URL: "libsql://nowhere.invalid", VERCEL: "1" };

/** Makes the production build, unless the one that is there was made from the same sources. */
export async function build({ quiet = false } = {}) {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  step("Building the app (when its sources have changed)");
  rmSync(STAMP, { force: true });
  await buildIn(ROOT, { quiet });
  writeFileSync(STAMP, wanted);
}

/** Makes the production build of the sources in a folder. @throws Stop with the end of what Next said */
export async function buildIn(folder, { quiet = false } = {}) {
  const { status, output } = await exec(
    process.execPath,
    [path.join(folder, "node_modules/next/dist/bin/next"), "build"],
    {
      cwd: folder,
      quiet,
      env: { ...FOR_A_BUILD, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    },
  );
  if (status !== 0) throw new Stop(`The app could not be built.\n${output.slice(-4000)}`);
}
