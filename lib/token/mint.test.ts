import { importJWK, jwtVerify } from "jose";
import * as v from "valibot";
import { expect, test } from "vitest";
import { parseServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { Claims } from "./claims";
import { mintToken, publicKeySet, serverToken } from "./mint";

const NOW = 1_700_000_000_500;
const env = parseServerEnv(
  validEnvironment({ PARTY_TOKEN_SECONDS: "30", PARTY_LEASE_SECONDS: "6" }),
);
const user = {
  id: "ada",
  name: "Ada Lovelace",
  picture: "https://example.com/ada.png",
  sessionId: "session-1",
  sessionExpiresAt: NOW + 10_000_000,
};
const order = { user, room: "general", role: "owner", use: "connect", now: NOW } as const;

async function open(token: string) {
  const [own] = publicKeySet(env).keys;
  if (!own) throw new Error("no key");
  return jwtVerify(token, await importJWK({ ...own }, "EdDSA"), { currentDate: new Date(NOW) });
}

test("a token verifies with the published key and says exactly what the contract lists", async () => {
  const { protectedHeader, payload } = await open((await mintToken(order, env)).token);
  expect(protectedHeader).toEqual({ alg: "EdDSA", typ: "party+jwt", kid: "key-1" });
  expect(payload).toEqual({
    iss: "http://localhost:3000",
    aud: "party",
    sub: "ada",
    sid: "session-1",
    room: "general",
    role: "owner",
    name: "Ada Lovelace",
    picture: "https://example.com/ada.png",
    jti: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
    iat: 1_700_000_000,
    exp: 1_700_000_030,
    lease: 6,
    sess_exp: 1_700_010_000,
    use: "connect",
  });
});

test("the answer's times are relative, in milliseconds", async () => {
  expect(await mintToken(order, env)).toMatchObject({
    expiresInMs: 30_000,
    leaseMs: 6_000,
    sessionExpiresInMs: 10_000_000,
  });
});

test("no two tokens share their id", async () => {
  const tokens = await Promise.all(Array.from({ length: 50 }, () => mintToken(order, env)));
  const ids = await Promise.all(tokens.map(async ({ token }) => (await open(token)).payload.jti));
  expect(new Set(ids).size).toBe(50);
});

test.each([
  null,
  "javascript:alert(1)",
  "http://example.com/a.png",
  `https://e.com/${"x".repeat(600)}`,
])("the picture %j stays out of the token", async (picture) => {
  const { token } = await mintToken({ ...order, user: { ...user, picture } }, env);
  expect((await open(token)).payload).not.toHaveProperty("picture");
});

test("what the party would refuse is not signed", async () => {
  await expect(mintToken({ ...order, room: "__proto__" }, env)).rejects.toThrow();
  await expect(mintToken({ ...order, user: { ...user, name: " " } }, env)).rejects.toThrow();
});

test("a server token is the app's own: one room, a minute at the most, no other use", async () => {
  const { payload } = await open(await serverToken("general", NOW, env));
  const claims = v.parse(Claims, payload);
  expect(claims).toMatchObject({ use: "server", sub: "app", sid: "app", room: "general" });
  expect(claims.exp - claims.iat).toBeLessThanOrEqual(60);
});

test("the longest names and ids still make a token under the limit of its length", async () => {
  const long = {
    ...user,
    id: "i".repeat(64),
    sessionId: "s".repeat(64),
    name: "\u{1f389}".repeat(64),
  };
  const picture = `https://example.com/${"p".repeat(490)}`;
  const { token } = await mintToken(
    { ...order, user: { ...long, picture }, room: "r".repeat(64) },
    env,
  );
  expect(token.length).toBeLessThanOrEqual(2_048);
});
