import { connection, enter, expect, test } from "./fixtures";

/** Of every kind: page, redirect, API, static file, and what is not there. */
const ADDRESSES: [path: string, status: number][] = [
  ["/sign-in", 200],
  ["/rooms", 307],
  ["/nothing-here", 404],
  ["/%", 404],
  ["/icon.svg", 200],
  ["/_next/image?url=%2Ficon.svg&w=64&q=75", 404],
  ["/_next/static/nothing.js", 404],
  ["/api", 404],
  ["/api/nothing-here", 404],
  ["/api/health", 200],
  ["/api/rooms", 401],
  ["/api/party/token", 405],
  ["/api/auth/session", 200],
  ["/api/auth/signin", 302],
  ["/api/auth/error", 302],
  ["/api/auth/callback/credentials", 404],
  ["/.well-known/jwks.json", 200],
  ["/.well-known/nothing-here", 404],
];

test("every answer carries the security headers, and a policy that fits", async ({ stack }) => {
  for (const [path, status] of ADDRESSES) {
    const answer = await fetch(`${stack.url}${path}`, { redirect: "manual" });
    const { headers } = answer;
    expect(answer.status, path).toBe(status);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-frame-options"), path).toBe("DENY");
    expect(headers.get("referrer-policy"), path).toBe("strict-origin-when-cross-origin");
    expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
    expect(headers.get("permissions-policy"), path).toContain("camera=()");
    expect(headers.get("content-security-policy"), path).toMatch(/^default-src 'none'/);
    expect(headers.get("x-powered-by"), path).toBeNull();
    expect(headers.get("access-control-allow-origin"), path).toBeNull();
    const body = await answer.text();
    const isApi = /^\/(api|\.well-known)/.test(path);
    if (isApi && body) expect(() => JSON.parse(body) as unknown, path).not.toThrow();
  }
});

test("no header that a visitor sends opens a page that asks for a sign-in", async ({
  stack,
  demo,
}) => {
  const secret = /Engineering|ada@example\.com/;
  const { request } = (await demo("ada")).context;
  for (const path of ["/rooms", "/settings"]) {
    expect(await (await request.get(`${stack.url}${path}`)).text(), path).toMatch(secret);
  }
  const hop = (name: string) => Array<string>(5).fill(name).join(":");
  const tricks: Record<string, string>[] = [
    {},
    { "x-middleware-subrequest": hop("middleware") },
    { "x-middleware-subrequest": hop("src/middleware") },
    { "x-middleware-subrequest": hop("proxy"), cookie: "next-auth.session-token=x" },
    { cookie: "next-auth.session-token=x" },
    { cookie: "next-auth.session-token=x", rsc: "1" },
    { cookie: "next-auth.session-token=x", rsc: "1", "next-router-prefetch": "1" },
    { authorization: "Bearer x", "x-forwarded-host": "evil.example" },
  ];
  for (const path of ["/rooms", "/rooms/founders", "/settings", "/rooms/founders.rsc"]) {
    for (const headers of tricks) {
      const what = `${path} ${JSON.stringify(headers)}`;
      // Streams of components answer 200 with the redirect inside: what counts is that no data is.
      const answer = await fetch(`${stack.url}${path}`, { headers, redirect: "follow" });
      const body = await answer.text();
      expect(new URL(answer.url).origin, what).toBe(stack.url);
      expect(secret.test(body), what).toBe(false);
    }
  }
});

test("the id in an answer is ours, and is that of the lines it left in both logs", async ({
  stack,
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await enter(bo.page, id);
  const { csrfToken } = (await (await bo.context.request.get("/api/auth/csrf")).json()) as {
    csrfToken: string;
  };
  const forged = "chosen-by-a-visitor";
  const answer = await bo.context.request.post("/api/auth/signout", {
    form: { csrfToken, json: "true" },
    headers: { "x-request-id": forged },
  });
  const told = answer.headers()["x-request-id"];
  expect(told).toMatch(/^[0-9a-f-]{36}$/);
  await expect(connection(bo.page)).toHaveText(/^Signed out/);
  const events = () =>
    stack.log
      .filter((line) => line.includes(`"request":"${told}"`))
      .map((line) => /"event":"(\w+)"/.exec(line)?.[1])
      .sort();
  await expect.poll(events).toEqual(["revoked", "sign_out"]);
  expect(stack.log.filter((line) => line.includes(forged))).toEqual([]);
});
