import { expect, test, vi } from "vitest";
import { AccountsUnavailable } from "../accounts/port";
import { parseServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { COOKIE, ORIGIN, PASSWORD, useBrowser } from "./testing";

const browser = useBrowser();
const { call, csrf, session, signIn } = browser;

test("signing in sets one http-only cookie, makes one session row and shows the person", async () => {
  const response = await signIn();
  expect(response.status).toBe(200);
  const line = response.headers.getSetCookie().find((text) => text.startsWith(COOKIE));
  expect(line).toMatch(/HttpOnly/);
  expect(line).toMatch(/SameSite=Lax/);
  expect(await session()).toMatchObject({ user: { id: "ada", email: "ada@example.com" } });
  expect(await browser.accounts.sessions.list("ada", Date.now())).toHaveLength(1);
});

test("wrong password and unknown person answer the same, byte for byte", async () => {
  const wrong = await signIn("wrong words here");
  const unknown = await signIn("wrong words here", { email: "nobody@example.com" });
  expect([unknown.status, await unknown.text()]).toEqual([wrong.status, await wrong.text()]);
  expect(wrong.status).toBe(401);
  expect(browser.jar.has(COOKIE)).toBe(false);
});

test("a throttled sign-in tells its wait, as status, header and word", async () => {
  for (let i = 0; i < 10; i++) await signIn("wrong words here");
  const response = await signIn();
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("30");
  expect((await response.json()).url).toContain("error=throttled%3A30");
});

test("without the CSRF token, or from another site, nobody is signed in or out", async () => {
  await signIn("x", { csrfToken: "0".repeat(64), password: PASSWORD });
  expect(browser.jar.has(COOKIE)).toBe(false);
  const form = { email: "ada@example.com", password: PASSWORD, csrfToken: await csrf() };
  const headers = { origin: "https://evil.example" };
  expect((await call("POST", "callback/credentials", { form, headers })).status).toBe(403);
  await signIn();
  await call("POST", "signout", { form: { json: "true" } });
  await call("GET", "signout");
  expect(await session()).toMatchObject({ user: { id: "ada" } });
});

test("over https every cookie is Secure and carries its prefix", async () => {
  const environment = validEnvironment({ NEXTAUTH_URL: "https://app.example.com" });
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  browser.env = parseServerEnv(environment);
  const headers = { origin: browser.env.origin };
  const token = await csrf();
  const form = { email: "ada@example.com", password: PASSWORD, csrfToken: token, json: "true" };
  const lines = [
    ...(await call("GET", "csrf")).headers.getSetCookie(),
    ...(await call("POST", "callback/credentials", { form, headers })).headers.getSetCookie(),
  ];
  expect(lines.some((line) => line.startsWith(`__Secure-${COOKIE}=ey`))).toBe(true);
  for (const line of lines)
    expect(line).toMatch(/^__(Host|Secure)-.*; HttpOnly; Secure; SameSite=Lax/);
  expect([...browser.jar.keys()].some((name) => name.startsWith("__Host-"))).toBe(true);
});

test("a sign-in while the database is down is 503, not a wrong password", async () => {
  vi.spyOn(browser.accounts.people, "byEmail").mockRejectedValue(new AccountsUnavailable());
  expect((await signIn()).status).toBe(503);
  vi.restoreAllMocks();
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.spyOn(browser.accounts.sessions, "create").mockRejectedValue(new AccountsUnavailable());
  expect((await signIn()).status).toBe(503);
});

test("a disabled person's right password answers like a wrong one", async () => {
  const byEmail = browser.accounts.people.byEmail;
  vi.spyOn(browser.accounts.people, "byEmail").mockImplementation(async (email) => {
    const person = await byEmail(email);
    return person && { ...person, disabledAt: 1 };
  });
  expect((await signIn()).status).toBe(401);
});

test.each([
  "//evil.com",
  "/\\evil.com",
  "https://evil.com",
  "javascript:alert(1)",
  "%",
  "/rooms/\u0000",
])("callbackUrl %j never leaves our origin, in form, query or cookie", async (callbackUrl) => {
  const { url } = await (await signIn(PASSWORD, { callbackUrl })).json();
  expect(url).toBe(`${ORIGIN}/rooms`);
  const page = await call("GET", `signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);
  expect(page.status).toBe(302);
  expect(page.headers.get("location")).toBe(
    `/sign-in?callbackUrl=${encodeURIComponent(`${ORIGIN}/rooms`)}`,
  );
  browser.jar.set("next-auth.callback-url", encodeURIComponent(callbackUrl));
  expect((await call("GET", "csrf")).status).toBe(200);
});

test.each([
  ["GET", "callback/credentials"],
  ["GET", "callback"],
  ["GET", "callback/nobody"],
  ["GET", "callback/github?code=1&state=2"],
  ["GET", "signin/github"],
  ["GET", "session/x"],
  ["GET", "callback/credentials/x"],
  ["GET", "constructor"],
  ["POST", "callback/nobody"],
  ["POST", "callback"],
  ["POST", "signin/credentials"],
  ["POST", "session"],
])(
  "%s /api/auth/%s is no address of ours, and NextAuth has no word in it",
  async (method, path) => {
    const form = method === "POST" ? { csrfToken: await csrf() } : undefined;
    const response = await call(method, path, form && { form });
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: "not_found", message: "There is no such thing." },
    ]);
  },
);

test("nothing under /api/auth may be shown as a page", async () => {
  for (const path of ["csrf", "providers", "session", "signin", "signout", "error", "nope"]) {
    const { headers } = await call("GET", path);
    expect(headers.get("content-security-policy"), path).toContain("default-src 'none'");
  }
});

test("a same-origin callbackUrl is kept", async () => {
  const { url } = await (await signIn(PASSWORD, { callbackUrl: "/rooms/general?a=1" })).json();
  expect(url).toBe(`${ORIGIN}/rooms/general?a=1`);
});

test.each([
  ["POST", "_log"],
  ["POST", "session"],
  ["GET", "verify-request"],
  ["GET", "nonsense"],
  ["GET", "a/b/c"],
])("%s %s is closed", async (method, path) => {
  expect((await call(method, path)).status).toBe(404);
});

test("error words of strangers are not passed on", async () => {
  const answer = await call("GET", "error?error=%0d%0aSet-Cookie:x");
  expect(answer.headers.get("location")).toBe("/sign-in?error=OAuthSignin");
});

test("no log line holds the password, the email address, the cookie or the CSRF token", async () => {
  await signIn("wrong words here");
  await signIn();
  const text = browser.log();
  expect(text).toContain("sign_in");
  for (const secret of [
    PASSWORD,
    "wrong words",
    "ada@example.com",
    browser.jar.get(COOKIE) ?? "?",
  ]) {
    expect(text).not.toContain(secret);
  }
});
