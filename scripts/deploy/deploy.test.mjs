import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deploy, readOrder } from "../deploy.mjs";
import { keys } from "../keys.mjs";
import { PARTY_VARIABLES, ROOT } from "../lib/config.mjs";
import { addToEnvFile, changeInEnvFile, readEnvFile } from "../lib/env-file.mjs";
import { makeSecret, makeTokenKeys } from "../lib/keys.mjs";
import { refuseSecrets, refuseUpload } from "./check.mjs";
import { ENGINES, searchForSecrets } from "./party.mjs";
import { APP_VARIABLES, secretsOf, valuesFor } from "./values.mjs";

const APP = "https://guestlist.example.com";
const HOST = "party.example.com";
const words = (...more) => [
  "--app",
  APP,
  "--party",
  HOST,
  "--engine",
  "partykit",
  "--no-migrate",
  "--no-doctor",
  ...more,
];
const DATABASE = {
  DATABASE_URL: "libsql://guestlist-me.turso.io",
  DATABASE_AUTH_TOKEN: makeSecret(),
};

let folder;
let env;
let said;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "deploy-"));
  env = {
    ...{ PATH: `${folder}${path.delimiter}${process.env.PATH}`, HOME: folder },
    ...{ CLOUDFLARE_API_TOKEN: "cf-token", VERCEL_TOKEN: "vercel-token", OTHER: "not for them" },
  };
  said = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  for (const name of ["partykit", "wrangler", "vercel"]) fake(name);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const printed = () => said.mock.calls.flat().join("");
const appFile = () => path.join(folder, "app.env");
const withDatabase = () => addToEnvFile(appFile(), DATABASE, "of the test");
const start = (...more) => deploy(readOrder(words(...more)), { bin: folder, env, folder });

/** A command that writes down how it was called, and what it can see. */
function fake(name, status = 0) {
  const file = path.join(folder, name);
  const log = JSON.stringify(path.join(folder, "calls.jsonl"));
  writeFileSync(
    file,
    `#!${process.execPath}
const fs = require("node:fs");
const name = ${JSON.stringify(name)};
const call = { name, argv: process.argv.slice(2), cwd: process.cwd(), env: process.env };
const there = name === "vercel" ? [] : fs.readdirSync(".");
call.files = Object.fromEntries(there.map((file) => [file, fs.readFileSync(file, "utf8")]));
call.stdin = name === "vercel" && call.argv[0] === "env" ? fs.readFileSync(0, "utf8") : "";
fs.appendFileSync(${log}, JSON.stringify(call) + "\\n");
process.exit(${status});
`,
  );
  chmodSync(file, 0o755);
}
const calls = () => {
  const file = path.join(folder, "calls.jsonl");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
};
const secrets = () => [...secretsOf(readEnvFile(appFile()), []).keys()];

it("deploys the party, then the app; each command gets its own sign-in and no secret in its words", async () => {
  withDatabase();
  await start();
  const all = calls();
  expect(all.map(({ name, argv }) => [name, argv[0]].join(" "))).toEqual([
    "partykit deploy",
    "vercel link",
    ...Array(7).fill("vercel env"),
    "vercel deploy",
  ]);
  for (const { name, argv, env: seen } of all) {
    const text = JSON.stringify([argv, seen]);
    for (const secret of secrets()) expect(text).not.toContain(secret);
    expect(seen.OTHER).toBeUndefined();
    expect(seen.VERCEL_TOKEN).toBe(name === "vercel" ? "vercel-token" : undefined);
    expect(seen.CLOUDFLARE_API_TOKEN).toBe(name === "vercel" ? undefined : "cf-token");
  }
  for (const secret of secrets()) expect(printed()).not.toContain(secret);
});

it("the app's variables go by input, secrets as such", async () => {
  withDatabase();
  await start("--only", "app");
  const given = calls().filter(({ argv }) => argv[0] === "env");
  const values = readEnvFile(appFile());
  expect(Object.fromEntries(given.map(({ argv, stdin }) => [argv[2], stdin]))).toEqual(values);
  expect(given.every(({ argv }) => argv[3] === "production" && argv.includes("--force"))).toBe(
    true,
  );
  const sensitive = given
    .filter(({ argv }) => argv.includes("--sensitive"))
    .map(({ argv }) => argv[2]);
  expect(sensitive.sort()).toEqual([
    "DATABASE_AUTH_TOKEN",
    "NEXTAUTH_SECRET",
    "PARTY_TOKEN_PRIVATE_JWK",
  ]);
});

it.each(
  ["partykit", "cloudflare"].filter(
    (engine) => engine === "partykit" || existsSync(path.join(ROOT, "wrangler.json")),
  ),
)(
  "the command of %s runs in a folder with the party's variables alone, and an empty .env",
  async (engine) => {
    withDatabase();
    const key = makeSecret();
    addToEnvFile(path.join(folder, "party.env"), { PARTY_API_KEY: key }, "of the test");
    await start("--only", "party", "--engine", engine);
    const [{ argv, cwd, files }] = calls();
    expect(cwd).toBe(path.join(folder, "party"));
    expect(files[".env"]).toBe("");
    const text = JSON.stringify(files);
    for (const secret of secrets()) expect(text).not.toContain(secret);
    expect(text).toContain(`${APP}/.well-known/jwks.json`);
    // Its own secret is in a file for its owner, and on Cloudflare not among what others may read.
    expect(argv.join(" ")).not.toContain(key);
    const holders = Object.keys(files).filter((name) => files[name].includes(key));
    expect(holders).toEqual([engine === "partykit" ? "partykit.json" : "secrets.json"]);
    if (process.platform !== "win32") {
      for (const name of holders) expect(statSync(path.join(cwd, name)).mode & 0o777).toBe(0o600);
    }
    expect(argv).toContain("--domain");
  },
);

it("a dry run makes keys, checks, shows every command, and runs none", async () => {
  withDatabase();
  await start("--dry-run");
  expect(calls()).toEqual([]);
  expect(printed()).toContain(
    "partykit deploy --config partykit.json --with-vars --domain party.example.com",
  );
  expect(printed()).toContain("vercel env add NEXTAUTH_SECRET production --force --sensitive");
  expect(printed()).toContain(`npm run doctor -- ${APP} ${HOST}`);
  for (const secret of secrets()) expect(printed()).not.toContain(secret);
});

it("keys are made once, kept for their owner, and not those of this machine", async () => {
  withDatabase();
  await start("--dry-run");
  const first = readEnvFile(appFile());
  await start("--dry-run");
  expect(readEnvFile(appFile())).toEqual(first);
  if (process.platform !== "win32") expect(statSync(appFile()).mode & 0o777).toBe(0o600);
  const places = { app: APP, party: { host: HOST } };
  const ci = { ...env, CI: "1" };
  expect(() => valuesFor(places, { folder: path.join(folder, "none"), env: ci })).toThrow(
    /as secrets/,
  );
});

it.each([
  ["no database", { DATABASE_URL: "" }, /DATABASE_URL is not that of a hosted database.*turso/],
  ["a file", { DATABASE_URL: "file:app.db" }, /DATABASE_URL/],
  ["plain http", { NEXTAUTH_URL: "http://guestlist.example.com" }, /plain http/],
  [
    "another address",
    { NEXTAUTH_URL: "https://other.example.com" },
    /NEXTAUTH_URL is https:\/\/other/,
  ],
  ["a party on this machine", { PARTY_HOST: "127.0.0.1:1999" }, /PARTY_HOST/],
  [
    "another party",
    { PARTY_HOST: "other.example.com" },
    /PARTY_HOST is other.*Change it in \.guestlist\/deploy\/app\.env/,
  ],
  ["a known secret", { NEXTAUTH_SECRET: "abcdefghijklmnopqrstuvwxyz123456" }, /NEXTAUTH_SECRET/],
  ["half a provider", { GITHUB_ID: "x" }, /GITHUB_SECRET/],
])("refuses an app with %s before anything runs", async (_what, change, sentence) => {
  withDatabase();
  await start("--dry-run");
  changeInEnvFile(appFile(), change);
  await expect(start()).rejects.toThrow(sentence);
  expect(calls()).toEqual([]);
});

it.each([
  [
    "the app's private key",
    () => ({ PARTY_TOKEN_JWKS: JSON.stringify({ keys: [makeTokenKeys().privateJwk] }) }),
    /private key/,
  ],
  [
    "another issuer",
    () => ({ APP_ORIGINS: "https://other.example.com" }),
    /begin with https:\/\/guestlist/,
  ],
  [
    "a place without https",
    () => ({ APP_ORIGINS: `${APP},http://localhost:3000` }),
    /without https/,
  ],
  [
    "the app's own secret as its key",
    () => ({ PARTY_API_KEY: readEnvFile(appFile()).NEXTAUTH_SECRET }),
    /NEXTAUTH_SECRET would be in the party's variables/,
  ],
])("refuses a party with %s before anything runs", async (_what, change, sentence) => {
  withDatabase();
  await start("--dry-run");
  const file = path.join(folder, "party.env");
  addToEnvFile(file, { PARTY_API_KEY: makeSecret() }, "of the test");
  changeInEnvFile(file, change());
  await expect(start()).rejects.toThrow(sentence);
  expect(calls()).toEqual([]);
});

it("a command that fails ends it with what to do, and nothing after it runs", async () => {
  withDatabase();
  fake("partykit", 3);
  await expect(start()).rejects.toThrow(/ended with status 3\. Sign in .*--engine cloudflare/s);
  expect(calls().map(({ name }) => name)).toEqual(["partykit"]);
  fake("partykit");
  fake("vercel", 1);
  await expect(start()).rejects.toThrow(/vercel link.*ended with status 1.*VERCEL_TOKEN/s);
});

it("previews get keys and a database of their own, and only once the party knows them", async () => {
  withDatabase();
  await start("--dry-run");
  const previews = () => start("--only", "previews");
  const file = path.join(folder, "preview.env");
  await expect(previews()).rejects.toThrow(/npm run keys preview/);
  keys("preview", file);
  await expect(previews()).rejects.toThrow(/DATABASE_URL is not/);
  addToEnvFile(file, { DATABASE_URL: DATABASE.DATABASE_URL, PARTY_HOST: HOST }, "of the test");
  await expect(previews()).rejects.toThrow(/DATABASE_URL of previews is that of the app/);
  changeInEnvFile(file, { DATABASE_URL: "libsql://previews-me.turso.io" });
  await expect(previews()).rejects.toThrow(/does not know previews/);
  const { PARTY_TOKEN_JWKS } = readEnvFile(file);
  changeInEnvFile(path.join(folder, "party.env"), {
    APP_ORIGINS: `${APP},https://guestlist-*-myteam.vercel.app`,
    PARTY_PREVIEW_JWKS: PARTY_TOKEN_JWKS,
  });
  await previews();
  const given = calls().filter(({ argv }) => argv[0] === "env");
  expect(Object.fromEntries(given.map(({ argv, stdin }) => [argv[2], stdin]))).toEqual(
    readEnvFile(file),
  );
  expect(new Set(given.map(({ argv }) => argv[3]))).toEqual(new Set(["preview"]));
});

it("a bundle with a secret, or a file beside it that holds one, is not sent", async () => {
  const { privateJwk } = makeTokenKeys();
  const app = {
    NEXTAUTH_SECRET: makeSecret(),
    PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk),
  };
  const known = secretsOf(app, []);
  for (const text of [`x=${app.NEXTAUTH_SECRET}`, `{d:"${privateJwk.d}"}`]) {
    expect(() => refuseSecrets("the script", text, known)).toThrow(/would be in the script/);
  }
  // A private key that nobody told us of.
  const stray = makeTokenKeys().privateJwk;
  expect(() => refuseSecrets("the script", JSON.stringify(stray), known)).toThrow("A private key");
  const values = { APP_ORIGINS: APP, PARTY_TOKEN_JWKS: `${APP}/.well-known/jwks.json` };
  const party = ENGINES.partykit({ name: "guestlist", host: HOST, values, parent: folder });
  expect(await searchForSecrets(party, known)).toBeGreaterThan(50_000);
  writeFileSync(path.join(party.folder, ".env"), "A=1");
  await expect(searchForSecrets(party, known)).rejects.toThrow(
    /\.env in the party's folder is not empty/,
  );
  writeFileSync(path.join(party.folder, ".env"), "");
  writeFileSync(path.join(party.folder, "main.mjs"), `export default "${app.NEXTAUTH_SECRET}";`);
  await expect(searchForSecrets(party, known)).rejects.toThrow(/the party's script/);
});

it("a folder whose ignore list would let .env.local through is not sent", () => {
  writeFileSync(path.join(folder, ".vercelignore"), "docs\n");
  expect(() => refuseUpload(folder)).toThrow(/\.vercelignore/);
  expect(() => refuseUpload()).not.toThrow();
});

it.each([
  [[]],
  [["--app", APP]],
  [words("--what")],
  [words("--name", "A b")],
  [words("--only", "both")],
])("does not guess what %j means", (given) => {
  expect(() => readOrder(given)).toThrow(/\w+/);
});

it("every variable of .env.example reaches the side that reads it, but what is of this machine", () => {
  const shown = readFileSync(path.join(ROOT, ".env.example"), "utf8").match(
    /(?<=^# )[A-Z_]+(?==$)/gm,
  );
  const given = [...APP_VARIABLES, ...PARTY_VARIABLES];
  const local = ["PARTY_ENGINE", "PARTY_PORT", "PARTY_RELAY", "PORT"];
  expect(shown.filter((name) => !given.includes(name)).sort()).toEqual(local);
});
