import { afterEach, beforeEach, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { route } from "../api/route";
import { parseServerEnv, type ServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { handleAuth } from "./handle-auth";
import { hashPassword } from "./password";

export const ORIGIN = "http://localhost:3000";
export const COOKIE = "next-auth.session-token";
export const PASSWORD = "violet otter piano";

interface CallOptions {
  form?: Record<string, string>;
  headers?: Record<string, string>;
  now?: number;
}

/** A browser with its cookies, before `/api/auth/` on a fresh database with Ada in it; for tests. */
export interface Browser {
  accounts: Accounts;
  env: ServerEnv;
  jar: Map<string, string>;
  /** What the app asked of the party, which answers with `partyAnswers`. */
  pushed: { url: string; body: unknown }[];
  partyAnswers: () => Response;
  /** What was logged. */
  log: () => string;
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  csrf(): Promise<string>;
  signIn(password?: string, more?: Record<string, string>): Promise<Response>;
  session(now?: number): Promise<unknown>;
}

/** Registers set-up and clean-up around each test of the file. `changes` are of the environment. */
export function useBrowser(changes: Record<string, string> = {}): Browser {
  const browser = { call, csrf, signIn, session } as Browser;
  let remove: () => void;
  beforeEach(async () => {
    let accounts: Accounts;
    ({ accounts, remove } = await temporaryAccounts());
    const environment = validEnvironment(changes);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      browser.pushed.push({ url, body: JSON.parse(String(init.body)) });
      return browser.partyAnswers();
    });
    const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
    await accounts.people.create(somebody("ada", { passwordHash: await hashPassword(PASSWORD) }));
    Object.assign(browser, {
      accounts,
      env: parseServerEnv(environment),
      jar: new Map(),
      pushed: [],
      partyAnswers: () => Response.json({ ok: true }),
      log: () => info.mock.calls.flat().join("\n"),
    });
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    remove();
  });

  async function call(
    method: string,
    path: string,
    { form, headers = {}, now = Date.now() }: CallOptions = {},
  ): Promise<Response> {
    const { jar, accounts, env } = browser;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new Request(`${ORIGIN}/api/auth/${path}`, {
      method,
      headers: {
        ...(cookie && { cookie }),
        ...(method === "POST" && { origin: ORIGIN }),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form) }),
    });
    const action = new URL(request.url).pathname.split("/").slice(3);
    const handler = route((asked: Request) => handleAuth(asked, action, { accounts, env, now }));
    const response = await handler(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (pair.length === at + 1) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }
  async function csrf(): Promise<string> {
    return (await (await call("GET", "csrf")).json()).csrfToken;
  }
  async function signIn(password = PASSWORD, more: Record<string, string> = {}): Promise<Response> {
    const csrfToken = await csrf();
    const form = { email: "ada@example.com", password, csrfToken, json: "true", ...more };
    return call("POST", "callback/credentials", { form });
  }
  async function session(now?: number): Promise<unknown> {
    return (await call("GET", "session", now ? { now } : {})).json();
  }
  return browser;
}
