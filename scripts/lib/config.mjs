import path from "node:path";
import { fileURLToPath } from "node:url";
import { engineOf } from "./engines/names.mjs";
import { readEnvFile } from "./env-file.mjs";
import { Stop } from "./say.mjs";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const ENV_FILE = path.join(ROOT, ".env.local");
/** Everything local and generated; git-ignored. */
export const DATA = path.join(ROOT, ".guestlist");

/** The only variables that a party is given. */
export const PARTY_VARIABLES = [
  "PARTY_TOKEN_JWKS",
  "PARTY_PREVIEW_JWKS",
  "PARTY_TRUSTED_ISSUERS",
  "APP_ORIGINS",
  "PARTY_GRACE_SECONDS",
  "PARTY_API_KEY",
  "LIMIT_MESSAGES_PER_SECOND",
  "LIMIT_MESSAGES_PER_MINUTE",
  "LIMIT_CONNECTIONS_PER_ROOM",
  "LIMIT_CONNECTIONS_PER_PERSON",
  "ROOM_RELAYS",
];

const NO_DATABASE =
  "DATABASE_URL is not a libSQL address. Use file:path/to/app.db, or libsql://… of a hosted database.";

function port(value, name, fallback) {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return number;
  throw new Stop(`${name}=${value} is not a port: choose a whole number from 1 to 65535.`);
}

/** Where the rooms' storage is: beside the local database. No engine reads what another has written. */
function partyStateOf(databaseUrl, engine) {
  const file = databaseFile(databaseUrl);
  const place = file ? `${file}.party` : path.join(DATA, "party");
  return engine === "partykit" ? place : `${place}-${engine}`;
}

/** The path of a `file:` database, or null for a hosted one. */
export function databaseFile(url) {
  if (!url.startsWith("file:")) return null;
  const address = url.replace(/\?.*$/, "");
  try {
    if (address.startsWith("file://")) return fileURLToPath(address);
  } catch {
    throw new Stop(NO_DATABASE);
  }
  return path.resolve(ROOT, address.slice("file:".length));
}

/**
 * Where things run and what each process is told. The environment wins over `.env.local`;
 * the party is told only what concerns it, so it never holds a key that can mint.
 */
export function resolveConfig(given = process.env) {
  const env = { ...definedOnly(readEnvFile(ENV_FILE)), ...definedOnly(given) };
  const appPort = port(env.PORT, "PORT", 3000);
  const partyPort = port(env.PARTY_PORT, "PARTY_PORT", 1999);
  if (appPort === partyPort) throw new Stop(`PORT and PARTY_PORT are both ${appPort}.`);
  const url = env.NEXTAUTH_URL ?? `http://localhost:${appPort}`;
  const database = env.DATABASE_URL ?? `file:${path.join(DATA, "app.db")}`;
  // The same forms as in lib/env/server.ts, checked before anything is opened.
  if (!/^(file:.|(libsql|https):\/\/.)/.test(database)) throw new Stop(NO_DATABASE);
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
  const engine = engineOf(env.PARTY_ENGINE);
  const partyState = partyStateOf(databaseUrl, engine);
  return { engine, appPort, partyPort, url, databaseUrl, appEnv, partyEnv, partyState };
}

function originOf(url) {
  try {
    return new URL(url).origin;
  } catch {
    throw new Stop(`NEXTAUTH_URL=${url} is not an address. Locally it is http://localhost:3000`);
  }
}

/** Without what is unset or empty: an empty variable means its default, on either side. */
export const definedOnly = (env) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value));
