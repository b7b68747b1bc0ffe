import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { proxy } from "./proxy";

afterEach(() => vi.unstubAllEnvs());

const FORGED = "forged-by-a-visitor";
const visit = (path: string) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers: { "x-request-id": FORGED } }));

test.each(["/api/health", "/.well-known/jwks.json", "/", "/rooms"])(
  "%s is answered with an id of our own, which the route and the page are given too",
  (path) => {
    const { headers } = visit(path);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    // Next hands headers on to the route by this name; a redirect reaches no route.
    const handedOn = headers.get("x-middleware-request-x-request-id");
    if (path !== "/rooms") expect(handedOn).toBe(headers.get("x-request-id"));
  },
);

test("behind a proxy of ours its id is kept", () => {
  vi.stubEnv("TRUST_PROXY", "1");
  const { headers } = visit("/api/health");
  expect(headers.get("x-request-id")).toBe(FORGED);
  expect(headers.get("x-middleware-request-x-request-id")).toBe(FORGED);
});
