import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parsePartyEnv } from "../lib/env/party";
import { parseServerEnv } from "../lib/env/server";
import { validEnvironment } from "../lib/env/testing";
import { CLOCK_TOLERANCE_SECONDS, TOKEN_SECONDS } from "../lib/protocol/limits";
import { keys, OLD_TOKENS_LIVE_MS } from "./keys.mjs";
import { addToEnvFile, changeInEnvFile, readEnvFile } from "./lib/env-file.mjs";
import { makeTokenKeys } from "./lib/keys.mjs";

let folder;
let file;
let said;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keys-"));
  file = path.join(folder, ".env.local");
  said = vi.spyOn(process.stdout, "write").mockImplementation(() => true);
  const { privateJwk, keySet } = makeTokenKeys();
  addToEnvFile(file, { NEXTAUTH_SECRET: "kept" }, "first");
  const made = {
    PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk),
    PARTY_TOKEN_JWKS: JSON.stringify(keySet),
  };
  addToEnvFile(file, made, "keys");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const later = () => ({ now: Date.now() + OLD_TOKENS_LIVE_MS });
const kids = () => {
  const env = readEnvFile(file);
  const signs = JSON.parse(env.PARTY_TOKEN_PRIVATE_JWK).kid;
  return { signs, accepted: JSON.parse(env.PARTY_TOKEN_JWKS).keys.map(({ kid }) => kid) };
};

it("rotate makes a new key that signs, and keeps the old one accepted; retire takes it out", () => {
  const { signs: old } = kids();
  keys("rotate", file);
  const { signs: fresh, accepted } = kids();
  expect(fresh).not.toBe(old);
  expect(accepted).toEqual([fresh, old]);
  expect(() => keys("rotate", file)).toThrow(/retire/);
  keys("retire", file, later());
  expect(kids()).toEqual({ signs: fresh, accepted: [fresh] });
  expect(() => keys("retire", file, later())).toThrow(/no previous key/);
});

it("retire waits until no token of the old key can live, and goes ahead where it is told to", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const longest = (TOKEN_SECONDS.max + 2 * CLOCK_TOLERANCE_SECONDS) * 1000;
  keys("rotate", file, { now });
  const { accepted } = kids();
  expect(() => keys("retire", file, { now })).toThrow(/Again in 140 s/);
  expect(() => keys("retire", file, { now: now + longest - 1 })).toThrow(/--now/);
  expect(kids().accepted).toEqual(accepted);
  keys("retire", file, { now: now + longest });
  expect(kids().accepted).toHaveLength(1);
  keys("rotate", file, { now: now + longest });
  keys("retire", file, { now: now + longest, force: true });
  expect(kids().accepted).toHaveLength(1);
});

it("retire does not guess when a rotation was that it knows nothing of", () => {
  keys("rotate", file);
  changeInEnvFile(file, { PARTY_TOKEN_ROTATED_AT: "" });
  expect(() => keys("retire", file, later())).toThrow(/is not known/);
  expect(kids().accepted).toHaveLength(2);
});

it("both sides start with what each step leaves", () => {
  for (const command of ["rotate", "retire"]) {
    keys(command, file, { force: true });
    const { NEXTAUTH_SECRET: _unused, ...made } = readEnvFile(file);
    const app = parseServerEnv(validEnvironment(made));
    const { jwks } = parsePartyEnv({
      PARTY_TOKEN_JWKS: made.PARTY_TOKEN_JWKS,
      APP_ORIGINS: "http://localhost:3000",
    });
    expect(jwks).toEqual({ keys: app.publicKeys });
    expect(app.signingKey.kid).toBe(app.publicKeys[0].kid);
  }
});

it("never prints a private key, and the file stays its owner's", () => {
  for (const command of ["show", "rotate", "show", "retire", "show"]) {
    keys(command, file, { force: true });
  }
  const printed = said.mock.calls.flat().join("");
  expect(printed).toContain(kids().signs);
  expect(printed).not.toContain(JSON.parse(readEnvFile(file).PARTY_TOKEN_PRIVATE_JWK).d);
  expect(printed).not.toContain('"d"');
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("stops where a change of the file would change nothing, or keys do not fit", () => {
  vi.stubEnv("PARTY_TOKEN_JWKS", "{}");
  expect(() => keys("rotate", file)).toThrow(/PARTY_TOKEN_JWKS is set in the environment/);
  vi.unstubAllEnvs();
  expect(() => keys("burn", file)).toThrow(/npm run keys show/);
  expect(() => keys("show", path.join(folder, "nowhere"))).toThrow(/npm start/);
  changeInEnvFile(file, { PARTY_TOKEN_JWKS: JSON.stringify(makeTokenKeys().keySet) });
  expect(() => keys("rotate", file)).toThrow(/do not fit/);
});

it("preview makes another pair once, in a file of its own, and prints the public half alone", () => {
  const other = path.join(folder, "deploy", "preview.env");
  keys("preview", other);
  const made = readEnvFile(other);
  keys("preview", other);
  expect(readEnvFile(other)).toEqual(made);
  const printed = said.mock.calls.flat().join("");
  expect(printed).toContain(made.PARTY_TOKEN_JWKS);
  expect(printed).not.toContain(JSON.parse(made.PARTY_TOKEN_PRIVATE_JWK).d);
  expect(printed).not.toContain(made.NEXTAUTH_SECRET);
  if (process.platform !== "win32") expect(statSync(other).mode & 0o777).toBe(0o600);
});

it("changes the lines it is told and no other", () => {
  writeFileSync(file, "# A='comment'\nA='1'\n\nB=2 # two\nexport A=3\nC='4'");
  changeInEnvFile(file, { A: "new", D: "more" });
  expect(readFileSync(file, "utf8")).toBe("# A='comment'\nA='new'\n\nB=2 # two\nC='4'\nD='more'\n");
});
