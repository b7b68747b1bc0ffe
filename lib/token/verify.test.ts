import fc from "fast-check";
import { CompactSign, exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { createVerifier, type Verifier } from "./verify";

const ISSUER = "https://app.example.com";
const NOW = 1_800_000_000_000;
const SECONDS = NOW / 1000;
const KID = "current";

type Keys = { privateKey: CryptoKey; jwk: JWK };
let own: Keys;
let previous: Keys;
let stranger: Keys;
let verifier: Verifier;

async function makeKeys(kid: string): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", {
    crv: "Ed25519",
    extractable: true,
  });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "EdDSA", use: "sig" } };
}

beforeAll(async () => {
  [own, previous, stranger] = await Promise.all([
    makeKeys(KID),
    makeKeys("previous"),
    makeKeys(KID),
  ]);
  verifier = createVerifier({ jwks: { keys: [own.jwk, previous.jwk] }, issuer: ISSUER });
});

const CLAIMS = {
  iss: ISSUER,
  aud: "party",
  sub: "ada",
  sid: "session-1",
  room: "general",
  role: "member",
  name: "Ada",
  jti: "abcdefgh",
  iat: SECONDS,
  exp: SECONDS + 60,
  lease: 300,
  sess_exp: SECONDS + 86_400,
  use: "connect",
};
const HEADER = { alg: "EdDSA", typ: "party+jwt", kid: KID };

const sign = (payload: string, header: object = HEADER, key = own.privateKey) =>
  new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader(header as typeof HEADER)
    .sign(key);
const mint = (changes: Record<string, unknown> = {}, header?: object, key?: CryptoKey) =>
  sign(JSON.stringify({ ...CLAIMS, ...changes }), { ...HEADER, ...header }, key);
const check = (token: unknown, now = NOW, use: "connect" | "refresh" | "server" = "connect") =>
  verifier.verify(token, { use, now });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Signs any header at all; jose would not. */
async function signAsIs(header: object, payload: object): Promise<string> {
  const text = `${encode(header)}.${encode(payload)}`;
  const signature = await crypto.subtle.sign(
    "Ed25519",
    own.privateKey,
    new TextEncoder().encode(text),
  );
  return `${text}.${Buffer.from(signature).toString("base64url")}`;
}

describe("a good token", () => {
  it("gives its claims, copied field by field", async () => {
    const result = await check(
      await mint({ picture: "https://a.example/x.png", email: "ada@example.com" }),
    );
    expect(result).toEqual({ ok: true, claims: { ...CLAIMS, picture: "https://a.example/x.png" } });
  });

  it("is good when signed by hand, so the hand-signed bad ones fail for what is bad about them", async () => {
    expect(await check(await signAsIs(HEADER, CLAIMS))).toMatchObject({ ok: true });
  });

  it("may be signed with the previous key", async () => {
    expect(await check(await mint({}, { kid: "previous" }, previous.privateKey))).toMatchObject({
      ok: true,
    });
  });

  it("may come from a clock that differs by 9 seconds", async () => {
    expect(await check(await mint(), NOW - 9_000)).toMatchObject({ ok: true });
    expect(await check(await mint(), NOW + 69_000)).toMatchObject({ ok: true });
  });
});

describe("a late token", () => {
  it.each([70, 71, 3_600])("is known to be genuine %i seconds after it was made", async (age) => {
    const result = await check(await mint(), NOW + age * 1000);
    expect(result).toMatchObject({ ok: false, reason: "expired", claims: { sub: "ada" } });
  });

  it("is late at the end of the login session, without tolerance", async () => {
    const token = await mint({ sess_exp: SECONDS + 5 });
    expect(await check(token, NOW + 4_000)).toMatchObject({ ok: true });
    expect(await check(token, NOW + 5_000)).toMatchObject({ ok: false, reason: "expired" });
  });

  it("is not called late where it is forged", async () => {
    expect(await check(await mint({}, {}, stranger.privateKey), NOW + 3_600_000)).toEqual({
      ok: false,
      reason: "forged",
    });
  });
});

describe("claims", () => {
  const refused: Record<string, unknown[]> = {
    iss: [undefined, "https://other.example.com", `${ISSUER}/`, [ISSUER], 1, ""],
    aud: [undefined, "party-x", "x", ["x"], ["party"], ["x", "party"], { party: 1 }],
    sub: [undefined, "", 1, {}, null, "a".repeat(300), "a\u0000b", "a b", "ä"],
    sid: [undefined, "", 7, [], "x".repeat(65)],
    room: [undefined, "", "General", "a/b", "__proto__", "a".repeat(65), 5],
    role: [undefined, "admin", "", 1],
    name: [undefined, "", "   ", "\u200b", "x".repeat(65), "a\nb", 5],
    picture: ["http://a.example/x", "javascript:alert(1)", "x", 5, `https://${"a".repeat(600)}`],
    jti: [undefined, "", "short", 12_345_678, "x".repeat(65)],
    iat: [undefined, "1800000000", null, SECONDS + 0.5, -1, 1e308, true, SECONDS - 3_600],
    exp: [
      undefined,
      "9999999999",
      [SECONDS + 60],
      1e308,
      null,
      true,
      0,
      -1,
      SECONDS,
      SECONDS - 1,
      SECONDS + 121,
      SECONDS + 31_536_000,
    ],
    lease: [undefined, 0, -1, 3_601, "300", 1.5],
    sess_exp: [undefined, "x", 1e308, null],
    use: [undefined, "", "refresh", "server", "admin"],
    nbf: [SECONDS + 60, "x"],
  };
  const cases = Object.entries(refused).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );

  it.each(cases)("%s = %j is refused", async (name, value) => {
    const result = await check(await mint({ [name]: value }));
    expect(result).toMatchObject({ ok: false });
    expect(result).not.toHaveProperty("claims");
  });

  it("of the future are refused past the tolerance", async () => {
    const token = (ahead: number) => mint({ iat: SECONDS + ahead, exp: SECONDS + ahead + 60 });
    expect(await check(await token(10))).toMatchObject({ ok: true });
    for (const ahead of [11, 600]) {
      const result = await check(await token(ahead));
      expect(result).toMatchObject({ ok: false, reason: "future", claims: { sub: CLAIMS.sub } });
    }
  });

  it("are of one use each", async () => {
    for (const use of ["connect", "refresh", "server"] as const) {
      for (const wanted of ["connect", "refresh", "server"] as const) {
        const result = await check(await mint({ use }), NOW, wanted);
        expect(result.ok).toBe(use === wanted);
      }
    }
  });

  it("cannot reach a prototype or be named twice to effect", async () => {
    const body = JSON.stringify(CLAIMS).slice(1);
    const polluted = await check(
      await sign(`{"__proto__":{"role":"owner"},"constructor":{},${body}`),
    );
    expect(polluted).toEqual({ ok: true, claims: CLAIMS });
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    const twice = await check(await sign(`{"sub":"admin",${body}`));
    expect(twice).toMatchObject({ ok: true, claims: { sub: "ada" } });
  });
});

describe("a token of another making", () => {
  it.each(["none", "None", "NONE", "nOnE", "HS256", "HS384", "RS256", "ES256", "Ed448", "EDDSA"])(
    "with alg %s is refused, signed or not",
    async (alg) => {
      const [, payload, signature] = (await mint()).split(".");
      for (const tail of [signature, "", "AAAA"]) {
        const token = `${encode({ ...HEADER, alg })}.${payload}.${tail}`;
        expect(await check(token)).toMatchObject({ ok: false });
      }
    },
  );

  it("signed by HMAC with our public key, in any spelling, is refused", async () => {
    for (const secret of [own.jwk.x as string, JSON.stringify(own.jwk), "", "secret"]) {
      const key = new TextEncoder().encode(secret || "\0");
      const token = await new SignJWT(CLAIMS)
        .setProtectedHeader({ ...HEADER, alg: "HS256" })
        .sign(key);
      expect(await check(token)).toMatchObject({ ok: false });
    }
  });

  it.each([
    ["typ", { typ: "JWT" }],
    ["typ", { typ: undefined }],
    ["typ", { typ: "application/party+jwt" }],
    ["kid", { kid: "unknown" }],
    ["kid", { kid: "../../dev/null" }],
    ["kid", { kid: "' UNION SELECT 1" }],
    ["kid", { kid: "x".repeat(10_000) }],
    ["kid", { kid: undefined }],
    ["kid", { kid: 1 }],
    ["kid", { kid: {} }],
    ["kid", { kid: "__proto__" }],
    ["crit", { crit: ["x"], x: 1 }],
    ["b64", { b64: false }],
    ["jwk", { jwk: { kty: "OKP" } }],
    ["jku", { jku: "http://169.254.169.254/" }],
    ["x5u", { x5u: "http://127.0.0.1:1/" }],
    ["cty", { cty: "JWT" }],
  ])("with another %s in its header is refused", async (_name, header) => {
    // Signed with our key, so that nothing but the header can be the reason.
    const token = await signAsIs({ ...HEADER, ...header }, CLAIMS);
    expect(await check(token)).toMatchObject({
      ok: false,
      reason: expect.not.stringMatching("claims"),
    });
  });

  it("with a header of ours and a key of theirs is refused", async () => {
    expect(await check(await mint({}, {}, stranger.privateKey))).toEqual({
      ok: false,
      reason: "forged",
    });
  });
});

describe("the text of a token", () => {
  it("changed in any one character is refused", async () => {
    const token = await mint();
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === "A" ? "B" : "A";
      const changed = token.slice(0, i) + other + token.slice(i + 1);
      expect((await check(changed)).ok, `at ${i}`).toBe(false);
    }
  });

  it("has one spelling", async () => {
    const token = await mint();
    const [header, payload, signature] = token.split(".") as [string, string, string];
    const standard = token.replace(/-/g, "+").replace(/_/g, "/");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // A signature of 64 bytes leaves four bits of its last character unused.
    const last = alphabet.indexOf(signature.at(-1) as string);
    const strayBits = `${header}.${payload}.${signature.slice(0, -1)}${alphabet[last | 1]}`;
    const spellings = [`${token}=`, `${token}\n`, ` ${token}`, `${token}.`, `.${token}`, strayBits];
    if (standard !== token) spellings.push(standard);
    for (const spelling of spellings)
      expect((await check(spelling)).ok, spelling.slice(-8)).toBe(false);
  });

  it.each([
    ["nothing", ""],
    ["dots", ".."],
    ["one part", "abc"],
    ["two parts", "abc.def"],
    ["four parts", "a.b.c.d"],
    ["2 049 characters", "a".repeat(2_049)],
    ["a megabyte", `${"a".repeat(1_000_000)}.a.a`],
    ["no JSON", `${Buffer.from("junk").toString("base64url")}.e30.AAAA`],
    ["null", `${encode(null)}.e30.AAAA`],
    ["a list", `${encode([])}.e30.AAAA`],
    ["deep", `${Buffer.from("[".repeat(1_000)).toString("base64url")}.e30.AAAA`],
  ])("that is %s is malformed", async (_what, token) => {
    expect(await check(token)).toEqual({ ok: false, reason: "malformed" });
  });

  it.each([undefined, null, 5, {}, [], Symbol("x")])(
    "that is no text is malformed",
    async (token) => {
      expect(await check(token)).toEqual({ ok: false, reason: "malformed" });
    },
  );

  it("of a server lives 60 seconds at the most, others 120", async () => {
    const server = (life: number) => mint({ use: "server", exp: SECONDS + life });
    expect(await check(await server(60), NOW, "server")).toMatchObject({ ok: true });
    expect(await check(await server(61), NOW, "server")).toEqual({ ok: false, reason: "claims" });
    expect(await check(await mint({ exp: SECONDS + 120 }))).toMatchObject({ ok: true });
  });

  it("that is anything at all never makes it throw, and never gets through", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), async (text) => {
        expect((await check(text)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
