import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./csp";
import { appUrl, originOf } from "./hosts";
import { parseServerEnv } from "./server";
import { validEnvironment } from "./testing";

test("only http and https have an origin", () => {
  expect(originOf("https://a.example/x?y")).toBe("https://a.example");
  for (const junk of [undefined, "", "x", "file:///etc", "javascript:1"])
    expect(originOf(junk)).toBeNull();
});

const policy = (changes = {}) => {
  const text = contentSecurityPolicy({
    nonce: "bm9uY2U=",
    partyHost: "party.example.com",
    formTargets: [],
    pictureSources: [],
    https: true,
    development: false,
    ...changes,
  });
  return new Map(text.split("; ").map((line) => [line.split(" ")[0], line.split(" ").slice(1)]));
};

test("in production scripts run by nonce alone", () => {
  const scripts = policy().get("script-src");
  expect(scripts).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  expect(policy().get("style-src")).toEqual(["'self'", "'nonce-bm9uY2U='"]);
});

test("pages connect to themselves and to exactly one party", () => {
  expect(policy().get("connect-src")).toEqual([
    "'self'",
    "wss://party.example.com",
    "https://party.example.com",
  ]);
});

test.each(["object-src", "base-uri", "frame-ancestors", "frame-src", "default-src"])(
  "%s allows nothing",
  (name) => {
    expect(policy().get(name)).toEqual(["'none'"]);
  },
);

test("text becomes code through one policy of ours alone, but under hot reload", () => {
  expect(policy().get("require-trusted-types-for")).toEqual(["'script'"]);
  expect(policy().get("trusted-types")).toEqual(["default"]);
  expect(policy({ development: true }).has("require-trusted-types-for")).toBe(false);
});

test("hot reload may evaluate code, and only hot reload", () => {
  expect(policy({ development: true }).get("script-src")).toContain("'unsafe-eval'");
  expect([...policy().values()].flat()).not.toContain("'unsafe-eval'");
});

test("a host that is none adds nothing to the policy", () => {
  expect(policy({ partyHost: "x; script-src *" }).get("connect-src")).toEqual(["'self'"]);
});

test("a preview takes the address of its branch; nothing else does without NEXTAUTH_URL", () => {
  const branch = {
    VERCEL_BRANCH_URL: "guestlist-git-x-me.vercel.app",
    VERCEL_URL: "guestlist-1-me.vercel.app",
  };
  expect(appUrl({ VERCEL_ENV: "preview", ...branch })).toBe(
    "https://guestlist-git-x-me.vercel.app",
  );
  expect(appUrl({ VERCEL_ENV: "preview", VERCEL_URL: "a.vercel.app" })).toBe(
    "https://a.vercel.app",
  );
  expect(appUrl({ VERCEL_ENV: "preview", NEXTAUTH_URL: "https://b.example", ...branch })).toBe(
    "https://b.example",
  );
  expect(appUrl({ VERCEL_ENV: "production", ...branch })).toBeUndefined();
  expect(appUrl({ VERCEL_ENV: "preview" })).toBeUndefined();
  const preview = {
    NEXTAUTH_URL: undefined,
    VERCEL_ENV: "preview",
    PARTY_HOST: "party.example.com",
    ...branch,
  };
  const { origin, https } = parseServerEnv(
    validEnvironment({ NODE_ENV: "production", ...preview }),
  );
  expect([origin, https]).toEqual(["https://guestlist-git-x-me.vercel.app", true]);
});
