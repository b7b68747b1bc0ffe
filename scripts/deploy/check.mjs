import { existsSync } from "node:fs";
import path from "node:path";
import { ENV_FILE, ROOT } from "../lib/config.mjs";
import { readEnvFile } from "../lib/env-file.mjs";
import { loadSource } from "../lib/load-source.mjs";
import { Stop } from "../lib/say.mjs";
import { SECRETS, secretsOf } from "./values.mjs";

const DATABASE =
  "Make one, free to begin with: turso db create guestlist, turso db show guestlist --url, turso db tokens create guestlist. Write both to .guestlist/deploy/app.env as DATABASE_URL and DATABASE_AUTH_TOKEN.";

/** What the app would be told, wherever it is. @throws Stop */
export async function checkApp(app) {
  const { parseServerEnv } = await loadSource("lib/env/server.ts");
  // First, as without it the app would take its default: a file, which is gone with the instance.
  if (!/^(libsql|https):/.test(app.DATABASE_URL ?? "")) {
    throw new Stop(`DATABASE_URL is not that of a hosted database. ${DATABASE}`);
  }
  told(() => parseServerEnv({ ...app, NODE_ENV: "production" }));
}

/**
 * Checks what either side would be told, with the checks that it makes itself at start, as in
 * production; and what neither side can see alone.
 * @throws Stop naming the variable and the remedy
 */
export async function check({ app, party }, places) {
  await checkApp(app);
  const { parsePartyEnv } = await loadSource("lib/env/party.ts");
  const { origins } = told(() => parsePartyEnv(party));
  const expect = (holds, sentence) => {
    if (!holds) throw new Stop(sentence);
  };
  const change = (side) =>
    `Change it in .guestlist/deploy/${side}.env, or in the environment, which comes before that file.`;
  const { origin } = new URL(app.NEXTAUTH_URL);
  expect(origin.startsWith("https:"), "NEXTAUTH_URL is not https.");
  expect(
    origin === places.app,
    `NEXTAUTH_URL is ${origin}, and the app is to be at ${places.app}. ${change("app")}`,
  );
  expect(
    origins[0] === origin,
    `APP_ORIGINS of the party has to begin with ${origin}: the first is the issuer. ${change("party")}`,
  );
  expect(
    app.PARTY_HOST === places.party.host,
    `PARTY_HOST is ${app.PARTY_HOST}, and the party is to be at ${places.party.host}. ${change("app")}`,
  );
  expect(
    origins.every((one) => one.startsWith("https:")),
    "APP_ORIGINS of the party has a place without https.",
  );
  refuseLocal(app);
  refuseSecrets("the party's variables", JSON.stringify(party), secretsOf(app));
}

function told(parse) {
  try {
    return parse();
  } catch (error) {
    if (error?.name === "ConfigurationProblem") throw new Stop(error.message);
    throw error;
  }
}

/** What is on a developer's machine has been in a terminal, an editor and a backup. */
function refuseLocal(app) {
  if (!existsSync(ENV_FILE)) return;
  const local = readEnvFile(ENV_FILE);
  const shared = SECRETS.filter((name) => app[name] && app[name] === local[name]);
  if (shared.length > 0) {
    throw new Stop(
      `${shared.join(", ")}: the same as in .env.local. Take it out of .guestlist/deploy/app.env; a production gets keys of its own.`,
    );
  }
}

/** @throws Stop where a text that leaves this machine holds a secret; the secret is not told. */
export function refuseSecrets(what, text, secrets) {
  for (const [value, name] of secrets) {
    if (text.includes(value)) {
      throw new Stop(
        `${name} would be in ${what}: nothing was sent. No file that the party is made from may hold it.`,
      );
    }
  }
  if (/["']?\bd["']?\s*:\s*["'][A-Za-z0-9_-]{43}["']/.test(text)) {
    throw new Stop(`A private key would be in ${what}: nothing was sent.`);
  }
}

/** Vercel's command sends the folder; what it must not send has to be ignored. */
export function refuseUpload(root = ROOT) {
  for (const name of [".vercelignore"]) {
    if (existsSync(path.join(root, name))) {
      throw new Stop(
        `${name} takes the place of .gitignore, which keeps .env.local and .guestlist here: add both to it, or remove it.`,
      );
    }
  }
}
