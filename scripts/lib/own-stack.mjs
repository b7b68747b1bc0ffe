import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate } from "../migrate.mjs";
import { seed } from "../seed.mjs";
import { startApp } from "./app-process.mjs";
import { makeSecret, makeTokenKeys } from "./keys.mjs";
import { startParty } from "./party-process.mjs";
import { freePort } from "./ports.mjs";

/**
 * Starts an app (from its production build) and a party of their own, for tests, pictures and
 * measurements: free ports, fresh keys, a fresh seeded database in a temporary folder.
 *
 * @param {Record<string, string>} [env] variables of either side, beside the defaults
 * @param {{liveKeys?: boolean, mode?: "start" | "dev"}} [options]
 *   `liveKeys`: the party takes its keys from the app's address; `mode`: "dev" is the development
 *   server, of which Next runs one at a time in a folder
 */
export async function ownStack(env = {}, { liveKeys = false, mode = "start" } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "guestlist-"));
  const appPort = await freePort();
  const partyPort = await freePort();
  const { privateJwk, keySet } = makeTokenKeys();
  const databaseUrl = `file:${path.join(folder, "app.db")}`;
  const url = `http://localhost:${appPort}`;
  const partyHost = `127.0.0.1:${partyPort}`;
  /** @type {string[]} */
  const log = [];
  /** @param {string} line */
  const onLine = (line) => void log.push(line);
  const appEnv = {
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: makeSecret(),
    DATABASE_URL: databaseUrl,
    PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk),
    PARTY_TOKEN_JWKS: JSON.stringify(keySet),
    PARTY_HOST: partyHost,
    // Many people are made from one address here.
    LIMIT_SIGN_UPS_PER_HOUR: "10000",
    ...env,
  };
  const published = `http://127.0.0.1:${appPort}/.well-known/jwks.json`;
  const partyEnv = {
    PARTY_TOKEN_JWKS: liveKeys ? published : JSON.stringify(keySet),
    APP_ORIGINS: url,
  };
  for (const [name, value] of Object.entries(env)) {
    if (
      /^(APP_ORIGINS|PARTY_GRACE|PARTY_API|PARTY_TRUSTED|LIMIT_(MESSAGES|CONNECTIONS))/.test(name)
    ) {
      Object.assign(partyEnv, { [name]: value });
    }
  }
  await migrate({ url: databaseUrl });
  await seed({ url: databaseUrl });
  const newParty = () =>
    startParty({
      port: partyPort,
      stateDir: path.join(folder, "party"),
      env: partyEnv,
      onLine,
      drainKey: JSON.parse(appEnv.PARTY_TOKEN_PRIVATE_JWK),
    });
  const newApp = () => startApp({ port: appPort, env: appEnv, onLine, mode });
  let [party, app] = await Promise.all([newParty(), newApp()]);
  return {
    url,
    partyHost,
    databaseUrl,
    /** Everything both processes printed. */
    log,
    party: {
      kill: () => party.kill(),
      /** In order: its people are told when to come back. */
      stop: () => party.stop(),
      /** @param {Record<string, string>} [changes] variables that are others from now on */
      start: async (changes = {}) => {
        Object.assign(partyEnv, changes);
        party = await newParty();
      },
      /** The variables it runs with. */
      env: partyEnv,
    },
    app: {
      get pid() {
        return app.pid;
      },
      stop: () => app.stop(),
      /** @param {Record<string, string>} [changes] variables that are others from now on */
      start: async (changes = {}) => {
        Object.assign(appEnv, changes);
        app = await newApp();
      },
      /** The variables it runs with. */
      env: appEnv,
    },
    async stop() {
      await Promise.all([app.stop(), party.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
