import { describe, expect, it } from "vitest";
import { parseIssuers } from "./issuers";

const OWN = ["https://app.example.com"];
const GOOD = {
  name: "clerk",
  issuer: "https://clerk.example.com",
  audience: "party",
  jwks: "https://clerk.example.com/jwks.json",
  algorithms: ["RS256"],
  rooms: ["lobby", "ext-*"],
};
const parse = (...entries: unknown[]) => parseIssuers(JSON.stringify(entries), OWN);

describe("trusted issuers", () => {
  it("are none unless somebody names them", () => {
    expect(parseIssuers(undefined, OWN)).toEqual([]);
    expect(parseIssuers("", OWN)).toEqual([]);
  });

  it("have defaults for all that is not about whom and where", () => {
    expect(parse(GOOD)).toEqual([
      {
        ...GOOD,
        jwks: new URL(GOOD.jwks),
        type: "JWT",
        claims: { sub: "sub", name: "name", picture: "picture" },
        role: "member",
        leaseSeconds: 300,
        maxLifeSeconds: 3_600,
      },
    ]);
  });

  it.each([
    ["a symmetric algorithm", { algorithms: ["HS256"] }, "algorithms"],
    ["no signature", { algorithms: ["none"] }, "algorithms"],
    ["no algorithm", { algorithms: [] }, "algorithms"],
    ["no audience", { audience: undefined }, "audience"],
    ["an empty audience", { audience: "" }, "audience"],
    ["keys over plain http", { jwks: "http://clerk.example.com/jwks" }, "jwks"],
    ["keys from a file", { jwks: "file:///etc/jwks" }, "jwks"],
    ["a password in the address", { jwks: "https://a:b@clerk.example.com/jwks" }, "jwks"],
    ["a name that could be part of an id of ours", { name: "a:b" }, "name"],
    ["a role nobody has", { role: "king" }, "role"],
    ["a lease without an end", { leaseSeconds: 1e9 }, "leaseSeconds"],
    ["a misspelt field", { audiences: "party" }, "audiences"],
    ["a room that is none", { rooms: ["../x"] }, "rooms"],
    ["all rooms at once", { rooms: ["*"] }, "rooms"],
    ["no rooms", { rooms: undefined }, "no rooms"],
    ["the app itself", { issuer: OWN[0] }, "the app itself"],
  ])("refuse %s, by name", (_what, change, named) => {
    expect(() => parse({ ...GOOD, ...change })).toThrow(
      new RegExp(`PARTY_TRUSTED_ISSUERS.*${named}`),
    );
  });

  it("refuse two of one name or issuer, what is no list, and what is no JSON", () => {
    expect(() => parse(GOOD, { ...GOOD, name: "other" })).toThrow(/"issuer" twice/);
    expect(() => parse(GOOD, { ...GOOD, issuer: "https://x.example" })).toThrow(/"name" twice/);
    for (const text of ["{}", "[]", "[1]", "null", "x"]) {
      expect(() => parseIssuers(text, OWN)).toThrow(/PARTY_TRUSTED_ISSUERS/);
    }
  });

  it("may take the room from a claim", () => {
    const claims = { room: "https://example.com/room" };
    expect(parse({ ...GOOD, rooms: undefined, claims })[0]?.claims.room).toBe(claims.room);
  });
});
