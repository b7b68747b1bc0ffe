import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { ConfigurationProblem } from "./problem";
import { requireStrongSecret } from "./secret";
import { parseServerEnv } from "./server";
import { validEnvironment } from "./testing";

const parse = (changes: Record<string, string | undefined> = {}) =>
  parseServerEnv(validEnvironment(changes));
const problemOf = (changes: Record<string, string | undefined>): ConfigurationProblem => {
  try {
    parse(changes);
  } catch (error) {
    if (error instanceof ConfigurationProblem) return error;
    throw error;
  }
  throw new Error("accepted");
};

test("a complete environment has the contract's defaults", () => {
  expect(parse()).toMatchObject({
    origin: "http://localhost:3000",
    https: false,
    party: { http: "http://127.0.0.1:1999", ws: "ws://127.0.0.1:1999" },
    tokenSeconds: 60,
    leaseSeconds: 300,
    limits: { signUpsPerHour: 20, signInFailures: 10, tokensPerMinute: 120 },
    github: null,
    google: null,
    trustForwardedFor: false,
  });
});

test.each(["NEXTAUTH_URL", "NEXTAUTH_SECRET", "PARTY_TOKEN_PRIVATE_JWK"])(
  "without %s the start is refused by that name, with a remedy",
  (name) => {
    const problem = problemOf({ [name]: undefined });
    expect(problem.variable).toBe(name);
    expect(problem.message).toMatch(new RegExp(`^${name} is missing\\. .{20,}`));
  },
);

test.each([
  ["short", "x1Yz".repeat(5)],
  ["one character", "a".repeat(44)],
  ["a repeated unit", "Xy7!kQ2#".repeat(5)],
  ["counting up", "abcdefghijklmnopqrstuvwxyz0123456789ABCD"],
  ["an example", "changeme-changeme-changeme-changeme-1234"],
  ["an example", "this-is-my-secret-key-for-the-example-app"],
  ["published", "LlKq6ZtYbr+hTC073mAmAh9/h2HwMfsFo4hrfCx5mLg="],
  ["published", "a-string-secret-at-least-256-bits-long"],
  ["published", "GQDstcKsx0NHjPOuXOYg5MbeJ1XT0uFiwDVvVBrk"],
  ["a sentence", "seven brown foxes jump over 9 lazy dogs"],
  ["a name with hyphens", "jwt-key-that-has-at-least-32-characters"],
])("a secret that is %s is refused", (_, secret) => {
  expect(problemOf({ NEXTAUTH_SECRET: secret }).variable).toBe("NEXTAUTH_SECRET");
});

test("random secrets are accepted in every usual notation", () => {
  for (let i = 0; i < 500; i++) {
    for (const notation of ["base64", "base64url", "hex"] as const) {
      const secret = randomBytes(32).toString(notation);
      expect(requireStrongSecret("NEXTAUTH_SECRET", secret)).toBe(secret);
    }
  }
});

test("a random secret in which four letters happen to make a word is accepted", () => {
  const secret = "q9Vt3xToDo7kLwZr5Yb1HnPc8Ej2Gm4Us6Da0RfXiBk=";
  expect(requireStrongSecret("NEXTAUTH_SECRET", secret)).toBe(secret);
  const left = "todo-q9Vt3x7kLwZr5Yb1HnPc8Ej2Gm4Us6Da0RfXiBk";
  expect(() => requireStrongSecret("NEXTAUTH_SECRET", left)).toThrow("is an example");
});

test("no message repeats a secret", () => {
  const secret = "hunter2-hunter2-hunter2-hunter2-x";
  expect(problemOf({ NEXTAUTH_SECRET: `${secret}password` }).message).not.toContain("hunter2");
});

test("one secret for two purposes is refused", () => {
  const secret = randomBytes(32).toString("base64url");
  expect(problemOf({ NEXTAUTH_SECRET: secret, PARTY_API_KEY: secret }).message).toContain(
    "two purposes",
  );
});

test.each(["PARTY_API_KEY", "DATABASE_AUTH_TOKEN", "GITHUB_SECRET", "GOOGLE_SECRET"])(
  "%s may be neither the session secret nor the signing key",
  (name) => {
    const environment = validEnvironment();
    const { d } = JSON.parse(environment.PARTY_TOKEN_PRIVATE_JWK as string) as { d: string };
    for (const value of [environment.NEXTAUTH_SECRET, d]) {
      const given = { ...environment, GITHUB_ID: "a", GOOGLE_ID: "b", [name]: value };
      if (name !== "GITHUB_SECRET") Object.assign(given, { GITHUB_ID: undefined });
      if (name !== "GOOGLE_SECRET") Object.assign(given, { GOOGLE_ID: undefined });
      expect(() => parseServerEnv(given)).toThrow(`two purposes, ${name} too`);
    }
  },
);

test("a signing key that stands in an RFC is refused", () => {
  // RFC 8037 appendix A.1
  const jwk = {
    kty: "OKP",
    crv: "Ed25519",
    d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    kid: "key-1",
  };
  expect(problemOf({ PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(jwk) }).message).toContain(
    "PARTY_TOKEN_PRIVATE_JWK is a published example",
  );
});

test("an app that serves others needs a party that others can reach", () => {
  const at = (host: string | undefined) => ({
    NODE_ENV: "production",
    NEXTAUTH_URL: "https://app.example.com",
    PARTY_HOST: host,
  });
  for (const host of [undefined, "", "127.0.0.1:1999", "localhost:1999", "[::1]:1999"]) {
    expect(problemOf(at(host)).variable).toBe("PARTY_HOST");
  }
  expect(parse(at("party.example.com")).party.ws).toBe("wss://party.example.com");
});

test("plain http in production is refused, but on this machine", () => {
  const at = (url: string) => ({
    NODE_ENV: "production",
    NEXTAUTH_URL: url,
    ...(url.startsWith("https:") && { PARTY_HOST: "party.example.com" }),
  });
  expect(problemOf(at("http://app.example.com")).variable).toBe("NEXTAUTH_URL");
  expect(parse(at("http://127.0.0.1:3000")).origin).toBe("http://127.0.0.1:3000");
  expect(parse(at("https://app.example.com/")).https).toBe(true);
});

test.each(["", "app.example.com", "ftp://app.example.com", "https://app.example.com/chat"])(
  "NEXTAUTH_URL=%j is refused",
  (url) => {
    expect(problemOf({ NEXTAUTH_URL: url }).variable).toBe("NEXTAUTH_URL");
  },
);

test.each(["https://party.example.com", "party.example.com/x", "a b", "user@host", "host:99999"])(
  "PARTY_HOST=%j is refused",
  (host) => {
    expect(problemOf({ PARTY_HOST: host }).variable).toBe("PARTY_HOST");
  },
);

test("a party that is not on this machine is reached by TLS only", () => {
  expect(parse({ PARTY_HOST: "party.example.com" }).party).toEqual({
    http: "https://party.example.com",
    ws: "wss://party.example.com",
  });
});

test.each([
  ["PARTY_TOKEN_SECONDS", ["9", "121", "-1", "abc", "60.5", "1e2", "0x40"]],
  ["SESSION_SECONDS", ["19", "2592001", "30d"]],
  ["PARTY_LEASE_SECONDS", ["2", "3601", "NaN"]],
  ["LIMIT_TOKENS_PER_MINUTE", ["0", "100001"]],
])("%s outside its bounds is refused with its range", (name, values) => {
  for (const value of values)
    expect(problemOf({ [name]: value }).message).toMatch(/from \d+ to \d+/);
});

test.each([
  "api.pwnedpasswords.com/range",
  "http://api.pwnedpasswords.com/range",
  "https://user:word@ranges.example.com",
  "https://ranges.example.com/range?key=1",
  "https://ranges.example.com/range#x",
  "file:///etc/ranges",
])("PASSWORD_RANGE_URL=%j is refused", (url) => {
  expect(problemOf({ PASSWORD_RANGE_URL: url }).variable).toBe("PASSWORD_RANGE_URL");
});

test("ranges come over https or from this machine, and from nowhere where none is named", () => {
  expect(parse().passwordRangeUrl).toBeNull();
  expect(parse({ PASSWORD_RANGE_URL: "" }).passwordRangeUrl).toBeNull();
  const at = "https://api.pwnedpasswords.com/range";
  expect(parse({ PASSWORD_RANGE_URL: `${at}/` }).passwordRangeUrl).toBe(at);
  const here = "http://127.0.0.1:8080/range";
  expect(parse({ PASSWORD_RANGE_URL: here }).passwordRangeUrl).toBe(here);
});

test("half of an OAuth pair is refused by the name of the missing half", () => {
  expect(problemOf({ GITHUB_ID: "x" }).variable).toBe("GITHUB_SECRET");
  expect(problemOf({ GOOGLE_SECRET: "x" }).variable).toBe("GOOGLE_ID");
});

test.each(["{", "[]", "{}", '{"kty":"EC"}'])("PARTY_TOKEN_PRIVATE_JWK=%s is refused", (jwk) => {
  expect(problemOf({ PARTY_TOKEN_PRIVATE_JWK: jwk }).variable).toBe("PARTY_TOKEN_PRIVATE_JWK");
});

const keyOf = (environment: Record<string, string | undefined>): Record<string, string> =>
  JSON.parse(environment.PARTY_TOKEN_PRIVATE_JWK ?? "");

test("a private key whose halves do not belong together is refused", () => {
  const own = keyOf(validEnvironment());
  const other = keyOf(validEnvironment());
  const mixed = JSON.stringify({ ...own, x: other.x });
  expect(problemOf({ PARTY_TOKEN_PRIVATE_JWK: mixed }).message).toContain("do not belong together");
});

test("a key set of another installation is found out at the start", () => {
  const { d: _, ...other } = keyOf(validEnvironment());
  expect(problemOf({ PARTY_TOKEN_JWKS: JSON.stringify({ keys: [other] }) }).variable).toBe(
    "PARTY_TOKEN_JWKS",
  );
});

test("the published set holds the signing key first, then previous ones, public halves only", () => {
  const environment = validEnvironment();
  const { d: _, ...own } = keyOf(environment);
  const { d: __, ...older } = keyOf(validEnvironment());
  const previous = { ...older, kid: "key-0" };
  const keys = JSON.stringify({ keys: [previous, own] });
  const { publicKeys } = parseServerEnv({ ...environment, PARTY_TOKEN_JWKS: keys });
  expect(publicKeys.map(({ kid }) => kid)).toEqual(["key-1", "key-0"]);
  expect(JSON.stringify(publicKeys)).not.toContain('"d"');
  const leaked = JSON.stringify({ keys: [keyOf(environment)] });
  expect(() => parseServerEnv({ ...environment, PARTY_TOKEN_JWKS: leaked })).toThrow("private key");
});
