import { describe, expect, it } from "vitest";
import { makeTokenKeys } from "../../scripts/lib/keys.mjs";
import { parsePartyEnv } from "./party";

const keys = makeTokenKeys();
const more = Array.from({ length: 4 }, () => makeTokenKeys().keySet.keys[0]);
const GOOD = {
  PARTY_TOKEN_JWKS: JSON.stringify(keys.keySet),
  APP_ORIGINS: "https://app.example.com,http://localhost:3000",
};
const set = (list: unknown[]) => JSON.stringify({ keys: list });

describe("the party's settings", () => {
  it("have defaults for all but the keys and the origins", () => {
    expect(parsePartyEnv(GOOD)).toEqual({
      jwks: keys.keySet,
      origins: ["https://app.example.com", "http://localhost:3000"],
      graceMs: 25_000,
      apiKey: null,
      previews: null,
      trustedIssuers: [],
      loopback: false,
      relays: 0,
      limits: {
        messagesPerSecond: 10,
        messagesPerMinute: 600,
        connectionsPerRoom: 1_000,
        connectionsPerPerson: 10,
      },
    });
  });

  it.each([
    ["PARTY_TOKEN_JWKS", undefined, "is missing"],
    ["PARTY_TOKEN_JWKS", "", "is missing"],
    ["PARTY_TOKEN_JWKS", "{", "is not JSON"],
    ["PARTY_TOKEN_JWKS", "[]", "needs 1 to 4 keys"],
    ["PARTY_TOKEN_JWKS", set([]), "needs 1 to 4 keys"],
    ["PARTY_TOKEN_JWKS", set([keys.keySet.keys[0], ...more]), "needs 1 to 4 keys"],
    ["PARTY_TOKEN_JWKS", set([keys.privateJwk]), "holds a private key"],
    ["PARTY_TOKEN_JWKS", set([{ kty: "oct", k: "c2VjcmV0", kid: "a" }]), "something else"],
    ["PARTY_TOKEN_JWKS", set([{ ...keys.keySet.keys[0], kid: "" }]), "something else"],
    ["PARTY_TOKEN_JWKS", set([keys.keySet.keys[0], keys.keySet.keys[0]]), "a kid twice"],
    ["PARTY_TOKEN_PRIVATE_JWK", "{}", "app's secret"],
    ["GITHUB_SECRET", "x", "app's secret"],
    ["GOOGLE_SECRET", "x", "app's secret"],
    ["NEXTAUTH_SECRET", "x", "app's secret"],
    ["DATABASE_AUTH_TOKEN", "x", "app's secret"],
    ["APP_ORIGINS", "", "is missing"],
    ["APP_ORIGINS", "https://app.example.com/", "no origin"],
    ["APP_ORIGINS", "https://App.example.com", "no origin"],
    ["APP_ORIGINS", "app.example.com", "no origin"],
    ["APP_ORIGINS", "*", "begins with a pattern"],
    ["APP_ORIGINS", "null", "no origin"],
    ["APP_ORIGINS", "https://app.example.com,", "no origin"],
    ["APP_ORIGINS", "http://app.example.com", "plain http"],
    ["APP_ORIGINS", "ws://localhost", "no origin"],
    ["PARTY_GRACE_SECONDS", "121", "from 0 to 120"],
    ["PARTY_GRACE_SECONDS", "-1", "from 0 to 120"],
    ["PARTY_GRACE_SECONDS", "1.5", "from 0 to 120"],
    ["PARTY_GRACE_SECONDS", "abc", "from 0 to 120"],
    ["PARTY_API_KEY", "short", "too short"],
    ["PARTY_API_KEY", "a".repeat(64), "too regular"],
    ["PARTY_API_KEY", "changeme-changeme-changeme-changeme", "example"],
    ["LIMIT_MESSAGES_PER_SECOND", "0", "from 1 to 10000"],
    ["LIMIT_CONNECTIONS_PER_ROOM", "1e3", "from 1 to 20000"],
    ["ROOM_RELAYS", "33", "from 0 to 32"],
    ["ROOM_RELAYS", "-1", "from 0 to 32"],
  ])("refuse %s = %s, by name and reason", (name, value, reason) => {
    expect(() => parsePartyEnv({ ...GOOD, [name]: value })).toThrow(
      expect.objectContaining({ variable: name, message: expect.stringContaining(reason) }),
    );
  });

  it("refuse a key under which anybody can sign", () => {
    for (const x of [
      // RFC 8037 appendix A.2, and the neutral element of the curve
      "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
      "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ]) {
      const jwk = { ...keys.keySet.keys[0], x, kid: "next" };
      const given = { ...GOOD, PARTY_TOKEN_JWKS: set([keys.keySet.keys[0], jwk]) };
      expect(() => parsePartyEnv(given)).toThrow("anybody can sign");
    }
  });

  it("never repeat a secret in what they say", () => {
    for (const [name, value] of [
      ["PARTY_TOKEN_JWKS", set([keys.privateJwk])],
      ["PARTY_API_KEY", "hunter2"],
      ["NEXTAUTH_SECRET", "hunter2hunter2"],
    ] as const) {
      expect(() => parsePartyEnv({ ...GOOD, [name]: value })).toThrow(
        expect.objectContaining({ message: expect.not.stringMatching(/hunter2|"d"/) }),
      );
    }
  });

  it("are read from text, within their bounds", () => {
    const env = parsePartyEnv({
      ...GOOD,
      PARTY_GRACE_SECONDS: "0",
      PARTY_API_KEY: "Zk3vQ8mT1yR6wB9nL4xC7dF2hJ5sG0pA-uE_oIiKqVtY",
      LIMIT_MESSAGES_PER_MINUTE: "100000",
    });
    expect([env.graceMs, env.apiKey?.length, env.limits.messagesPerMinute]).toEqual([
      0, 44, 100_000,
    ]);
  });
});
