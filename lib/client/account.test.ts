import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as account from "./account";
import { onAccountEvent } from "./account-channel";
import { holdQuestions } from "./account-http";
import { tellReturn } from "./provider-return";

interface Asked {
  path: string;
  init: RequestInit;
}
let asked: Asked[];
let answers: (asked: Asked) => Response | Promise<Response>;

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    if (path === "/api/auth/csrf") return Response.json({ csrfToken: "csrf-1" });
    return answers({ path, init });
  });
});
afterEach(() => vi.unstubAllGlobals());

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });
const ada = { email: "ada@example.com", password: "violet otter piano" };

test("signing in posts the form with the CSRF token", async () => {
  answers = json(200, { url: "http://localhost:3000/rooms" });
  expect(await account.signIn(ada)).toEqual({ ok: true });
  expect(asked.map(({ path }) => path)).toEqual([
    "/api/auth/csrf",
    "/api/auth/callback/credentials",
  ]);
  expect(Object.fromEntries(asked[1]?.init.body as URLSearchParams)).toEqual({
    ...ada,
    csrfToken: "csrf-1",
    json: "true",
  });
});

test.each([
  [
    "wrong password",
    json(401, { url: "http://x/api/auth/error?error=CredentialsSignin" }),
    { code: "invalid_credentials" },
  ],
  [
    "too many tries",
    json(429, { url: "http://x/?error=throttled" }, { "retry-after": "30" }),
    { code: "throttled", retryAfterSeconds: 30 },
  ],
  ["database down", json(503, { code: "unavailable" }), { code: "unavailable" }],
  [
    "stale CSRF token",
    json(200, { url: "http://x/api/auth/signin?csrf=true" }),
    { code: "unavailable" },
  ],
  ["a proxy's error page", () => new Response("<html>", { status: 502 }), { code: "unavailable" }],
  [
    "an answer that is none",
    () => new Response("<html>", { status: 200 }),
    { code: "unavailable" },
  ],
  ["no network", () => Promise.reject(new TypeError("offline")), { code: "unavailable" }],
])("sign-in, %s", async (_, answer, expected) => {
  answers = answer;
  expect(await account.signIn(ada)).toEqual({ ok: false, ...expected });
});

test("a sign-up that is refused tells the fields", async () => {
  answers = json(400, {
    code: "bad_request",
    message: "",
    fields: { password: "Too easy.", other: "x" },
  });
  expect(await account.signUp({ ...ada, name: "Ada" })).toEqual({
    ok: false,
    code: "bad_request",
    fields: { password: "Too easy." },
  });
});

test("each sign-up outcome is told apart", async () => {
  const given = { ...ada, name: "Ada" };
  answers = json(201, { id: "x" });
  expect(await account.signUp(given)).toEqual({ ok: true });
  answers = json(409, { code: "email_taken", message: "" });
  expect(await account.signUp(given)).toEqual({ ok: false, code: "email_taken" });
  answers = json(429, { code: "rate_limited", message: "" }, { "retry-after": "61" });
  expect(await account.signUp(given)).toEqual({
    ok: false,
    code: "rate_limited",
    retryAfterSeconds: 61,
  });
  answers = json(418, { code: "teapot", message: "" });
  expect(await account.signUp(given)).toEqual({ ok: false, code: "unavailable" });
});

test("signing out is done only when the server says so", async () => {
  answers = json(200, { url: "http://localhost:3000/rooms" });
  expect(await account.signOut()).toEqual({ ok: true });
  answers = json(503, { code: "unavailable" });
  expect(await account.signOut()).toEqual({ ok: false });
  answers = json(200, { url: "http://localhost:3000/api/auth/signout?csrf=true" });
  expect(await account.signOut()).toEqual({ ok: false });
});

test("signing in with a provider goes to the address the server gives, or says that it did not", async () => {
  const assign = vi.fn();
  vi.stubGlobal("window", { location: { assign } });
  answers = json(200, { url: "https://github.com/login/oauth/authorize?x" });
  expect(await account.signInWith("github", "/rooms")).toBe(true);
  expect(assign).toHaveBeenCalledExactlyOnceWith("https://github.com/login/oauth/authorize?x");
  answers = json(200, { url: "http://x/sign-in?error=OAuthSignin" });
  expect(await account.signInWith("github", "/rooms")).toBe(false);
});

test("whoever signs out asks nothing meanwhile, and asks on where it did not work", async () => {
  const given: unknown[] = [];
  answers = ({ init }) =>
    new Promise((_, reject) => {
      const { signal } = init;
      signal?.addEventListener("abort", () => reject(signal.reason));
      given.push(signal);
    });
  const early = account.listRooms();
  expect(given).toHaveLength(1);
  const askOn = holdQuestions();
  expect(await early).toEqual({ ok: false, code: "unavailable" });
  expect(await account.listSessions()).toEqual({ ok: false, code: "unavailable" });
  expect(given).toHaveLength(1);
  answers = json(503, { code: "unavailable" });
  expect(await account.signOut()).toEqual({ ok: false });
  askOn();
  answers = json(200, { sessions: [] });
  expect(await account.listSessions()).toEqual({ ok: true, sessions: [] });
});

test("rooms and sessions are read by their shape", async () => {
  const room = {
    id: "a",
    name: "A",
    topic: null,
    visibility: "public",
    archived: false,
    direct: false,
    other: null,
    role: "owner",
    muted: false,
    people: null,
    unread: 2,
    mentions: 0,
  };
  const listed = { rooms: [room], byInvitation: [{ id: "b", name: "B", topic: null }] };
  answers = json(200, listed);
  expect(await account.listRooms()).toEqual({ ok: true, ...listed });
  answers = json(200, { ...listed, rooms: [{ id: 1 }] });
  expect(await account.listRooms()).toEqual({ ok: false, code: "unavailable" });
  answers = json(401, { code: "signed_out", message: "" });
  expect(await account.listSessions()).toEqual({ ok: false, code: "signed_out" });
});

test("a session is ended by its own address, whatever its id holds", async () => {
  answers = json(200, { ended: 1 });
  expect(await account.endSession("a/../b")).toEqual({ ok: true });
  expect(asked.at(-1)).toMatchObject({
    path: "/api/sessions/a%2F..%2Fb",
    init: { method: "DELETE" },
  });
  expect(await account.endOtherSessions()).toEqual({ ok: true });
  expect(asked.at(-1)?.path).toBe("/api/sessions");
});

test("a room that exists is a conflict", async () => {
  answers = json(409, { code: "conflict", message: "" });
  const given = { id: "a", name: "A", visibility: "public" } as const;
  expect(await account.createRoom(given)).toEqual({ ok: false, code: "conflict" });
});

test("other tabs hear of a sign-in and a sign-out that worked, and of nothing else", async () => {
  const heard: unknown[] = [];
  const stop = onAccountEvent((event) => heard.push(event));
  answers = json(401, { url: "http://x/api/auth/error?error=CredentialsSignin" });
  await account.signIn(ada);
  answers = json(500, {});
  await account.signOut();
  answers = json(200, { url: "http://localhost:3000/rooms" });
  await account.signIn(ada);
  await account.signOut();
  await expect.poll(() => heard).toEqual(["signed_in", "signed_out"]);
  stop();
});

describe("the way back from a provider", () => {
  const leave = async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal("sessionStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    });
    vi.stubGlobal("window", { location: { assign: vi.fn() } });
    answers = json(200, { url: "https://github.com/login/oauth/authorize?x" });
    await account.signInWith("github", "/rooms");
  };
  const hear = () => {
    const heard: unknown[] = [];
    return { heard, stop: onAccountEvent((event) => heard.push(event)) };
  };

  test("is told to the other tabs by the first page after it, and by no other", async () => {
    const { heard, stop } = hear();
    await leave();
    tellReturn();
    tellReturn();
    answers = json(200, { url: "http://localhost:3000/rooms" });
    await account.signOut();
    await expect.poll(() => heard).toEqual(["signed_in", "signed_out"]);
    stop();
  });

  test("that ended in a sign-in by password is not told twice", async () => {
    const { heard, stop } = hear();
    await leave();
    answers = json(200, { url: "http://localhost:3000/rooms" });
    await account.signIn(ada);
    tellReturn();
    await account.signOut();
    await expect.poll(() => heard).toEqual(["signed_in", "signed_out"]);
    stop();
  });

  test("is no trouble where the browser keeps nothing", async () => {
    await leave();
    vi.stubGlobal("sessionStorage", undefined);
    expect(await account.signInWith("github", "/rooms")).toBe(true);
    expect(tellReturn).not.toThrow();
  });
});
