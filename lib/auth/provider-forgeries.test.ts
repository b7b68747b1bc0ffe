import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import type { Server } from "node:https";
import { connect } from "node:tls";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { selfSigned } from "../../scripts/lib/testing/bad-hosts.mjs";
import { COOKIE, ORIGIN, useBrowser } from "./testing";

const GOOGLE = "https://accounts.google.com";
const ID = "an-id.apps.example";
const SECRET = "an-oauth-secret-of-thirty-two-chars";
const browser = useBrowser({
  ...{ GOOGLE_ID: ID, GOOGLE_SECRET: SECRET },
  ...{ GITHUB_ID: "another-id", GITHUB_SECRET: "another-oauth-secret-of-its-own-here" },
});

/** A Google of our own: it publishes one key, and gives whatever id_token a test has chosen. */
const google = { idToken: "", asked: [] as URLSearchParams[] };
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let strangers: Keys;
let host: { port: number; server: Server; stop(): Promise<unknown> };
const agent = https.globalAgent as unknown as { createConnection: unknown };
const direct = agent.createConnection;

beforeAll(async () => {
  [keys, strangers] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "google-1", alg: "RS256", use: "sig" };
  host = await selfSigned((request, response) => {
    void answer(request, jwk).then((body) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body));
    });
  });
  // Whatever is asked over https is asked of it.
  agent.createConnection = () =>
    connect({ host: "localhost", port: host.port, rejectUnauthorized: false });
});
afterAll(() => {
  agent.createConnection = direct;
  return host.stop();
});
beforeEach(() => {
  google.asked = [];
});

async function answer(request: IncomingMessage, jwk: object): Promise<object> {
  if (request.url === "/.well-known/openid-configuration") {
    return {
      issuer: GOOGLE,
      authorization_endpoint: `${GOOGLE}/authorize`,
      token_endpoint: `${GOOGLE}/token`,
      userinfo_endpoint: `${GOOGLE}/userinfo`,
      jwks_uri: `${GOOGLE}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  }
  if (request.url === "/keys") return { keys: [jwk] };
  if (request.url !== "/token") return {};
  let text = "";
  for await (const piece of request) text += String(piece);
  google.asked.push(new URLSearchParams(text));
  return { access_token: "access", token_type: "Bearer", expires_in: 60, id_token: google.idToken };
}

/** Begins a sign-in, and gives back where the provider would be visited. */
async function begin(provider: "google" | "github", headers: Record<string, string> = {}) {
  const form = { csrfToken: await browser.csrf(), callbackUrl: `${ORIGIN}/rooms`, json: "true" };
  const response = await browser.call("POST", `signin/${provider}`, { form, headers });
  return new URL((await response.json()).url).searchParams;
}

const claims = (nonce: string | null): JWTPayload => ({
  ...{ iss: GOOGLE, aud: ID, sub: "google-person", nonce: nonce ?? "" },
  ...{ email: "grace@example.com", email_verified: true, name: "Grace" },
});
const token = (payload: JWTPayload, key: Parameters<SignJWT["sign"]>[0] = keys.privateKey) =>
  new SignJWT({ exp: Math.floor(Date.now() / 1000) + 60, ...payload })
    .setProtectedHeader({ alg: "RS256", kid: "google-1" })
    .setIssuedAt()
    .sign(key);

const callback = (provider: string, state: string | null) =>
  browser.call("GET", `callback/${provider}?code=a-code&state=${encodeURIComponent(state ?? "")}`);
const grace = () => browser.accounts.people.byEmail("grace@example.com");

/** Nobody is signed in, and no account was made. */
async function refused(response: Response): Promise<void> {
  expect(response.headers.get("location") ?? "").toMatch(/\/(sign-in|api\/auth\/error)\?error=/);
  expect(browser.jar.has(COOKIE)).toBe(false);
  expect(await browser.session()).toEqual({});
  expect(await grace()).toBeNull();
}

describe("coming back from a provider", () => {
  it("signs in with the state, the code verifier and the nonce that this browser was given", async () => {
    const asked = await begin("google");
    google.idToken = await token(claims(asked.get("nonce")));
    const response = await callback("google", asked.get("state"));
    expect(response.headers.get("location")).toBe(`${ORIGIN}/rooms`);
    expect(await browser.session()).toMatchObject({ user: { email: "grace@example.com" } });
    const verifier = google.asked[0]?.get("code_verifier") ?? "";
    const digest = createHash("sha256").update(verifier).digest("base64url");
    expect(asked.get("code_challenge")).toBe(digest);
    expect(asked.get("code_challenge_method")).toBe("S256");
  });

  it.each(["host", "x-forwarded-host", "forwarded"])(
    "gives the provider our own address, whatever a visitor's %s says",
    async (name) => {
      const value = name === "forwarded" ? "host=evil.example;proto=https" : "evil.example";
      const asked = await begin("google", { [name]: value, "x-forwarded-proto": "https" });
      expect(asked.get("redirect_uri")).toBe(`${ORIGIN}/api/auth/callback/google`);
      google.idToken = await token(claims(asked.get("nonce")));
      await callback("google", asked.get("state"));
      expect(google.asked[0]?.get("redirect_uri")).toBe(`${ORIGIN}/api/auth/callback/google`);
    },
  );

  it("that this browser never went to is refused, and the code is not redeemed", async () => {
    const asked = await begin("google");
    google.idToken = await token(claims(asked.get("nonce")));
    browser.jar.clear();
    await refused(await callback("google", asked.get("state")));
    expect(google.asked).toEqual([]);
  });

  it.each(["", "of-another-visitor"])("with the state %j is refused", async (state) => {
    const asked = await begin("google");
    google.idToken = await token(claims(asked.get("nonce")));
    await refused(await callback("google", state));
    expect(google.asked).toEqual([]);
  });

  it("with the state of an earlier visit is refused", async () => {
    const first = await begin("google");
    const second = await begin("google");
    google.idToken = await token(claims(second.get("nonce")));
    await refused(await callback("google", first.get("state")));
    expect(google.asked).toEqual([]);
  });

  it.each(["state", "pkce.code_verifier", "nonce"])(
    "without the cookie of %s is refused",
    async (name) => {
      const asked = await begin("google");
      google.idToken = await token(claims(asked.get("nonce")));
      expect(browser.jar.delete(`next-auth.${name}`)).toBe(true);
      await refused(await callback("google", asked.get("state")));
    },
  );

  it("from another provider than the one that was visited is refused", async () => {
    const asked = await begin("github");
    google.idToken = await token(claims(null));
    await refused(await callback("google", asked.get("state")));
    expect(google.asked, "the code was given to the wrong provider").toEqual([]);
  });

  it("twice with one state signs in once", async () => {
    const asked = await begin("google");
    google.idToken = await token(claims(asked.get("nonce")));
    const cookies = new Map(browser.jar);
    await callback("google", asked.get("state"));
    expect(browser.jar.has("next-auth.state")).toBe(false);
    // A thief has the address, and not the cookies that were taken away with it.
    browser.jar.clear();
    for (const [name, value] of cookies)
      if (!/state|pkce|nonce/.test(name)) browser.jar.set(name, value);
    await callback("google", asked.get("state"));
    expect(browser.jar.has(COOKIE)).toBe(false);
  });
});

describe("an id_token", () => {
  const past = Math.floor(Date.now() / 1000) - 3_600;
  const wrong: [string, (nonce: string | null) => Promise<string> | string][] = [
    ["of another visit", () => token(claims("of-another-visit"))],
    ["without a nonce", () => token({ ...claims(null), nonce: undefined as never })],
    ["for another app", (nonce) => token({ ...claims(nonce), aud: "another-app" })],
    ["of another issuer", (nonce) => token({ ...claims(nonce), iss: "https://evil.example" })],
    ["that has expired", (nonce) => token({ ...claims(nonce), exp: past })],
    ["signed by a stranger", (nonce) => token(claims(nonce), strangers.privateKey)],
    [
      "that nobody signed",
      (nonce) => new UnsecuredJWT(claims(nonce)).setIssuedAt().setExpirationTime("1m").encode(),
    ],
    [
      "signed with the client's secret",
      (nonce) =>
        new SignJWT({ ...claims(nonce), exp: past + 7_200 })
          .setProtectedHeader({ alg: "HS256" })
          .setIssuedAt()
          .sign(new TextEncoder().encode(SECRET)),
    ],
    ["that is none", () => "not.a.token"],
  ];
  it.each(wrong)("%s signs nobody in and makes no account", async (_, made) => {
    const asked = await begin("google");
    google.idToken = await made(asked.get("nonce"));
    await refused(await callback("google", asked.get("state")));
    expect(google.asked).toHaveLength(1);
    expect(browser.log()).not.toContain(google.idToken);
  });
});
