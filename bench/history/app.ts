import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { JWK } from "jose";
import { serveKeys } from "../../party/testing/jwks-server";
import type { TokenOptions } from "../../party/testing/kit";
import { makeTokenKeys } from "../../scripts/lib/keys.mjs";
import type { Grant } from "./log";
import type { Failure } from "./plan";

type Keys = { privateJwk: JWK & { kid: string }; keySet: { keys: JWK[] } };
type Mint = (user: string, options: TokenOptions) => Promise<string>;

/** A token of an old key may be presented for this long after the new one signs. */
const TOKEN_SECONDS = 10;
const RETIRE_AFTER_MS = 12_000;
const SLOW_MS = 1_500;

/**
 * The app as far as a room needs it: login sessions, and the token route with real tokens under
 * keys that it publishes. It fails as it is told to.
 */
export async function openApp(leaseSeconds: (room: string) => number) {
  let keys = makeTokenKeys() as Keys;
  const published = await serveKeys(keys.keySet.keys);
  const sessions = new Map<string, { sid: string; over: boolean }>();
  const grants = new Map<string, Grant>();
  /** What fails, for whom (`*`: everybody), until when on `performance.now()`. */
  const failing = new Map<string, { how: Failure; until: number }>();
  /** Per tab: whose next token is a wrong one. */
  const twisted = new Map<string, "misdirect" | "replay">();
  const lastToken = new Map<string, string>();
  let mint: Mint = () => Promise.reject(new Error("no party yet"));

  const session = (user: string) => {
    const known = sessions.get(user) ?? { sid: randomUUID(), over: false };
    sessions.set(user, known);
    return known;
  };

  async function issue(user: string, tab: string, room: string, use: string): Promise<Response> {
    const { sid } = session(user);
    const twist = use === "connect" ? twisted.get(tab) : undefined;
    if (twist) twisted.delete(tab);
    let token = twist === "replay" ? lastToken.get(tab) : undefined;
    if (!token) {
      const grant = {
        user,
        sid,
        room: twist === "misdirect" ? `${room}-not` : room,
        jti: randomUUID(),
      };
      token = await mint(user, {
        ...{ sid, use, room: grant.room, jti: grant.jti },
        ...{ life: TOKEN_SECONDS, lease: leaseSeconds(room) },
        ...{ key: keys.privateJwk, header: { kid: keys.privateJwk.kid } },
      });
      grants.set(token, grant);
    }
    if (use === "connect") lastToken.set(tab, token);
    return Response.json({ token, sessionExpiresInMs: 86_400_000 });
  }

  async function answer(user: string, tab: string, init: RequestInit): Promise<Response> {
    const { room, use } = JSON.parse(String(init.body)) as { room: string; use: string };
    const failure = [failing.get(user), failing.get("*")].find(
      (one) => one && performance.now() < one.until,
    );
    if (failure && failure.how !== "slow") return fail(failure.how, init.signal);
    if (failure) await wait(SLOW_MS);
    if (session(user).over) return refuse(401, "signed_out");
    return issue(user, tab, room, use);
  }

  return {
    keysUrl: published.url,
    grantOf: (token: string) => grants.get(token),
    serve: (by: Mint) => void (mint = by),
    fetchOf: (user: string, tab: string) =>
      ((_url: string, init: RequestInit) => answer(user, tab, init)) as unknown as typeof fetch,
    sidOf: (user: string) => session(user).sid,
    isOver: (user: string) => session(user).over,
    fail(user: string | null, how: Failure, ms: number) {
      failing.set(user ?? "*", { how, until: performance.now() + ms });
    },
    twist: (tab: string, how: "misdirect" | "replay") => void twisted.set(tab, how),
    /** The row is revoked: no token any more. Gives back the session to tell the party of. */
    end(user: string): string {
      const ended = session(user);
      ended.over = true;
      return ended.sid;
    },
    signIn: (user: string) => void sessions.delete(user),
    /** A new key signs at once; the old one is taken out when no token of it can be presented. */
    rotate() {
      const old = keys;
      keys = makeTokenKeys() as Keys;
      const current = keys;
      published.state.keys = [...current.keySet.keys, ...old.keySet.keys];
      setTimeout(() => {
        if (keys === current) published.state.keys = current.keySet.keys;
      }, RETIRE_AFTER_MS).unref();
    },
    heal() {
      failing.clear();
      twisted.clear();
    },
    stop: () => published.stop(),
  };
}
export type App = Awaited<ReturnType<typeof openApp>>;

const refuse = (status: number, code: string, headers = {}): Response =>
  Response.json({ code, message: "" }, { status, headers });

function fail(how: Exclude<Failure, "slow">, signal: AbortSignal | null | undefined) {
  switch (how) {
    case "unavailable":
      return refuse(503, "unavailable", { "retry-after": "1" });
    case "internal":
      return refuse(500, "internal");
    case "too_many":
      return refuse(429, "rate_limited", { "retry-after": "1" });
    case "portal":
      // Somebody else's 401: it must sign nobody out.
      return new Response("<h1>Welcome to the hotel</h1>", { status: 401 });
    case "garbage":
      return new Response("{", { status: 200 });
    case "network":
      return Promise.reject(new TypeError("fetch failed"));
    case "hang":
      return new Promise<Response>((_, reject) =>
        signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError"))),
      );
  }
}
