import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./csp";
import { isLoopback, originOf, partyOrigins } from "./hosts";

test.each(["localhost", "LOCALHOST", "app.localhost", "127.0.0.1", "127.8.8.8", "[::1]"])(
  "%s is this machine",
  (host) => {
    expect(isLoopback(host)).toBe(true);
  },
);

test.each(["localhost.evil.com", "127.0.0.1.evil.com", "0.0.0.0", "192.168.0.1", "[::2]", ""])(
  "%s is not this machine",
  (host) => {
    expect(isLoopback(host)).toBe(false);
  },
);

test("ports that a scheme implies are left out, others are kept", () => {
  expect(partyOrigins("party.example.com:443")?.ws).toBe("wss://party.example.com");
  expect(partyOrigins("party.example.com:8443")?.ws).toBe("wss://party.example.com:8443");
  expect(partyOrigins("[::1]:1999")?.ws).toBe("ws://[::1]:1999");
});

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

test("hot reload may evaluate code, and only hot reload", () => {
  expect(policy({ development: true }).get("script-src")).toContain("'unsafe-eval'");
  expect([...policy().values()].flat()).not.toContain("'unsafe-eval'");
});

test("a host that is none adds nothing to the policy", () => {
  expect(policy({ partyHost: "x; script-src *" }).get("connect-src")).toEqual(["'self'"]);
});
