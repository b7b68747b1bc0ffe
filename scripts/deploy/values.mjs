import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { missingKeys } from "../setup.mjs";
import { DATA, definedOnly, PARTY_VARIABLES, ROOT } from "../lib/config.mjs";
import { addToEnvFile, readEnvFile } from "../lib/env-file.mjs";
import { Stop } from "../lib/say.mjs";

/** Owner-only and git-ignored: what the deployment is told. Nothing of it is ever uploaded as a file. */
export const FOLDER = path.join(DATA, "deploy");

/** What the app may be given beside what is made here; all of it is in .env.example. */
export const APP_VARIABLES = [
  ...["NEXTAUTH_URL", "NEXTAUTH_SECRET", "SESSION_SECONDS", "DATABASE_URL", "DATABASE_AUTH_TOKEN"],
  ...["PARTY_TOKEN_PRIVATE_JWK", "PARTY_TOKEN_JWKS", "PARTY_HOST"],
  ...["PARTY_TOKEN_SECONDS", "PARTY_LEASE_SECONDS", "TRUST_PROXY", "METRICS_TOKEN"],
  "PASSWORD_RANGE_URL",
  ...["LIMIT_SIGN_UPS_PER_HOUR", "LIMIT_SIGN_IN_FAILURES", "LIMIT_TOKENS_PER_MINUTE"],
  ...["GITHUB_ID", "GITHUB_SECRET", "GOOGLE_ID", "GOOGLE_SECRET"],
];
/** Of the app's variables those that open something. */
export const SECRETS = [
  ...["NEXTAUTH_SECRET", "DATABASE_AUTH_TOKEN", "PARTY_TOKEN_PRIVATE_JWK"],
  ...["GITHUB_SECRET", "GOOGLE_SECRET", "METRICS_TOKEN"],
];

const given = (file, names, env) => {
  const values = { ...definedOnly(readEnvFile(file)), ...definedOnly(env) };
  return Object.fromEntries(
    names.filter((name) => values[name]).map((name) => [name, values[name]]),
  );
};

/**
 * The variables of both sides: from the environment, else from `app.env` and `party.env` in the
 * folder, which are made where they lack and never changed. Keys are made there once.
 * @returns {{app: Record<string, string>, party: Record<string, string>, made: string[]}}
 */
export function valuesFor(
  { app, party },
  { folder = FOLDER, env = process.env, write = true } = {},
) {
  const files = { app: path.join(folder, "app.env"), party: path.join(folder, "party.env") };
  const appValues = given(files.app, APP_VARIABLES, env);
  const partyValues = given(files.party, PARTY_VARIABLES, { ...env, PARTY_TOKEN_JWKS: undefined });
  const missing = {
    app: {
      ...missingKeys(appValues),
      ...unset(appValues, { NEXTAUTH_URL: app, PARTY_HOST: party.host }),
    },
    // By its address: then the keys change without another deployment of the party.
    party: unset(partyValues, {
      PARTY_TOKEN_JWKS: `${app}/.well-known/jwks.json`,
      APP_ORIGINS: app,
    }),
  };
  const keys = Object.keys(missing.app).filter((name) => SECRETS.includes(name));
  if (env.CI && keys.length > 0) {
    throw new Stop(
      `${keys.join(", ")}: not set. Keys made here would be lost with this machine: make them once on yours (npm run deploy -- --dry-run), and give them to the workflow as secrets.`,
    );
  }
  const made = [];
  for (const side of ["app", "party"]) {
    const names = Object.keys(missing[side]);
    if (names.length === 0 || !write || env.CI) continue;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    addToEnvFile(
      files[side],
      missing[side],
      `Of the ${side} as deployed. Never commit or share these.`,
    );
    made.push(`${path.relative(ROOT, files[side])}: ${names.join(", ")}`);
  }
  return {
    app: { ...appValues, ...missing.app },
    party: { ...partyValues, ...missing.party },
    made,
  };
}

const unset = (values, wanted) =>
  Object.fromEntries(Object.entries(wanted).filter(([name]) => !values[name]));

/** Every secret that this machine knows of, by name: none may be in what the party is sent. */
export function secretsOf(app, files = [".env.local", ".env"]) {
  const sources = [app, ...files.map((name) => readIfThere(path.join(ROOT, name)))];
  const found = new Map();
  for (const source of sources) {
    for (const name of SECRETS) {
      if (!source[name]) continue;
      found.set(source[name], name);
      const half = privateHalf(source[name]);
      if (half) found.set(half, name);
    }
  }
  return found;
}

const readIfThere = (file) => (existsSync(file) ? readEnvFile(file) : {});

function privateHalf(text) {
  try {
    return JSON.parse(text).d;
  } catch {
    return undefined;
  }
}
