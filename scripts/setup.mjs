import { existsSync } from "node:fs";
import path from "node:path";
import { definedOnly, ENV_FILE, resolveConfig, ROOT } from "./lib/config.mjs";
import { addToEnvFile, readEnvFile } from "./lib/env-file.mjs";
import { install } from "./lib/install.mjs";
import { makeSecret, makeTokenKeys, publicKeySet } from "./lib/keys.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { isMain } from "./lib/processes.mjs";
import { run, say, step, Stop } from "./lib/say.mjs";

/**
 * Brings a clone to the point where it can run: packages, keys of its own, a migrated and seeded
 * local database. Quick when there is nothing to do. Needs nothing but Node and npm.
 */
export async function setup() {
  checkNode();
  await install();
  makeKeys();
  const config = resolveConfig();
  // Loaded late: they need the packages that install() has just brought.
  const { migrate } = await import("./migrate.mjs");
  const { seed } = await import("./seed.mjs");
  await migrate({ url: config.databaseUrl, authToken: config.appEnv.DATABASE_AUTH_TOKEN });
  if (config.databaseUrl.startsWith("file:")) await seed({ url: config.databaseUrl });
  return config;
}

/** Adds to `.env.local` what is missing of secrets and keys; never changes what is there. */
function makeKeys() {
  const present = { ...definedOnly(readEnvFile(ENV_FILE)), ...definedOnly(process.env) };
  const missing = missingKeys(present);
  const names = Object.keys(missing);
  if (names.length === 0) return;
  const fresh = !existsSync(ENV_FILE);
  addToEnvFile(ENV_FILE, missing, "Made for this installation. Never commit or share these.");
  step(`${fresh ? "Made" : "Completed"} ${path.relative(ROOT, ENV_FILE)}: ${names.join(", ")}`);
}

/** What an environment lacks of secrets and keys, freshly made. */
export function missingKeys(present) {
  const missing = {};
  if (!present.NEXTAUTH_SECRET) missing.NEXTAUTH_SECRET = makeSecret();
  if (!present.PARTY_TOKEN_PRIVATE_JWK) {
    const { privateJwk, keySet } = makeTokenKeys();
    missing.PARTY_TOKEN_PRIVATE_JWK = JSON.stringify(privateJwk);
    // A key set without its private half is a left-over; of two lines in the file the last one counts.
    missing.PARTY_TOKEN_JWKS = JSON.stringify(keySet);
  } else if (!present.PARTY_TOKEN_JWKS) {
    missing.PARTY_TOKEN_JWKS = JSON.stringify(publicHalfOf(present.PARTY_TOKEN_PRIVATE_JWK));
  }
  return missing;
}

function publicHalfOf(privateJwk) {
  try {
    return publicKeySet([JSON.parse(privateJwk)]);
  } catch {
    throw new Stop(
      "PARTY_TOKEN_PRIVATE_JWK is not an Ed25519 private JWK. Delete its line in .env.local and run the command again: a new pair is made.",
    );
  }
}

if (isMain(import.meta.url)) {
  await run(async () => {
    await setup();
    say("Ready: npm start, or npm run dev");
  });
}
