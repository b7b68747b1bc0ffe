import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ENV_FILE, makeFolders, resolveConfig, ROOT } from "./lib/config.mjs";
import { addToEnvFile, readEnvFile } from "./lib/env-file.mjs";
import { install } from "./lib/install.mjs";
import { makeSecret, makeTokenKeys, publicKeySet } from "./lib/keys.mjs";
import { checkNode } from "./lib/node-version.mjs";
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
  makeFolders(config);
  // Loaded late: they need the packages that install() has just brought.
  const { migrate } = await import("./migrate.mjs");
  const { seed } = await import("./seed.mjs");
  await migrate({ url: config.databaseUrl, authToken: config.appEnv.DATABASE_AUTH_TOKEN });
  if (config.databaseUrl.startsWith("file:")) await seed({ url: config.databaseUrl });
  return config;
}

/** Adds to `.env.local` what is missing of secrets and keys; never changes what is there. */
function makeKeys() {
  const present = { ...readEnvFile(ENV_FILE), ...process.env };
  const missing = {};
  if (!present.NEXTAUTH_SECRET) missing.NEXTAUTH_SECRET = makeSecret();
  if (!present.PARTY_TOKEN_PRIVATE_JWK) {
    const { privateJwk, keySet } = makeTokenKeys();
    missing.PARTY_TOKEN_PRIVATE_JWK = JSON.stringify(privateJwk);
    // A key set without its private half is a left-over: it would refuse every new token.
    const previous = present.PARTY_TOKEN_JWKS ? parseJson(present.PARTY_TOKEN_JWKS).keys : [];
    missing.PARTY_TOKEN_JWKS = JSON.stringify({ keys: [...keySet.keys, ...(previous ?? [])] });
  } else if (!present.PARTY_TOKEN_JWKS) {
    const privateJwk = parseJson(present.PARTY_TOKEN_PRIVATE_JWK);
    missing.PARTY_TOKEN_JWKS = JSON.stringify(publicKeySet([privateJwk]));
  }
  if (Object.keys(missing).length === 0) return;
  const fresh = !existsSync(ENV_FILE);
  addToEnvFile(ENV_FILE, missing, "Made for this installation. Never commit or share these.");
  step(
    `${fresh ? "Made" : "Completed"} ${path.relative(ROOT, ENV_FILE)}: ${Object.keys(missing).join(", ")}`,
  );
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Stop(
      "PARTY_TOKEN_PRIVATE_JWK or PARTY_TOKEN_JWKS in .env.local is not JSON. Delete both lines and run the command again: new keys are made.",
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await run(async () => {
    await setup();
    say("Ready: npm start, or npm run dev");
  });
}
