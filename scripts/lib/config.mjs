import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readEnvFile } from "./env-file.mjs";
import { Stop } from "./say.mjs";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const ENV_FILE = path.join(ROOT, ".env.local");
/** Everything local and generated; git-ignored. */
export const DATA = path.join(ROOT, ".guestlist");

const PARTY_VARIABLES = [
  "PARTY_TOKEN_JWKS",
  "APP_ORIGINS",
  "PARTY_GRACE_SECONDS",
  "PARTY_API_KEY",
  "LIMIT_MESSAGES_PER_SECOND",
  "LIMIT_MESSAGES_PER_MINUTE",
  "LIMIT_CONNECTIONS_PER_ROOM",
  "LIMIT_CONNECTIONS_PER_PERSON",
];

function port(value, name, fallback) {
  if (value === undefined || value === "") return fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return number;
  throw new Stop(`${name}=${value} is not a port: choose a whole number from 1 to 65535.`);
}

/** The folder of a local database's file; the party's own state lies beside it. */
function partyStateOf(databaseUrl) {
  const file = databaseFile(databaseUrl);
  return file ? `${file}.party` : path.join(DATA, "party");
}

/** The path of a `file:` database, or null for a hosted one. */
export function databaseFile(url) {
  if (!url.startsWith("file:")) return null;
  const name = url
    .slice("file:".length)
    .replace(/^\/\/(?=\/)/, "")
    .replace(/\?.*$/, "");
  return path.resolve(ROOT, name);
}

/**
 * Where things run and what each process is told. The environment wins over `.env.local`;
 * the party is told only what concerns it, so it never holds a key that can mint.
 */
export function resolveConfig(given = process.env) {
  const env = { ...readEnvFile(ENV_FILE), ...definedOnly(given) };
  const appPort = port(env.PORT, "PORT", 3000);
  const partyPort = port(env.PARTY_PORT, "PARTY_PORT", 1999);
  if (appPort === partyPort) throw new Stop(`PORT and PARTY_PORT are both ${appPort}.`);
  const url = env.NEXTAUTH_URL ?? `http://localhost:${appPort}`;
  const database = env.DATABASE_URL ?? `file:${path.join(DATA, "app.db")}`;
  const databaseUrl = databaseFile(database) ? `file:${databaseFile(database)}` : database;
  const appEnv = {
    ...env,
    PORT: String(appPort),
    NEXTAUTH_URL: url,
    DATABASE_URL: databaseUrl,
    PARTY_HOST: env.PARTY_HOST ?? `127.0.0.1:${partyPort}`,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const partyEnv = { APP_ORIGINS: originOf(url) };
  for (const name of PARTY_VARIABLES) if (env[name]) partyEnv[name] = env[name];
  const partyState = partyStateOf(databaseUrl);
  return { appPort, partyPort, url, databaseUrl, appEnv, partyEnv, partyState };
}

/** Makes the folders of the local database and of the party's state. */
export function makeFolders({ databaseUrl, partyState }) {
  const file = databaseFile(databaseUrl);
  if (file) mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  mkdirSync(partyState, { recursive: true, mode: 0o700 });
}

function originOf(url) {
  try {
    return new URL(url).origin;
  } catch {
    throw new Stop(`NEXTAUTH_URL=${url} is not an address. Locally it is http://localhost:3000`);
  }
}

const definedOnly = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value));
