import type { ErrorCode } from "../../protocol";
import { VERDICTS } from "../token-request";
import type { FakeClock } from "./fake-clock";

export interface Issued {
  token: string;
  use: string;
  user: string;
  /** When it can no longer be presented. */
  expiresAt: number;
}
export type RouteAnswer =
  { status: number; retryAfter?: string; body?: unknown } | "ok" | "network" | "hang";

/** `{code, message}`, as the app refuses. */
function refusal(status: number, body?: unknown, headers = new Headers()): Response {
  const own = { code: VERDICTS[status]?.code ?? "unavailable", message: "" };
  return Response.json(body ?? own, { status, headers });
}

/** The token route: answers as it is told to, remembers what it was asked and what it gave out. */
export function createFakeRoute(clock: FakeClock, lifeMs = 60_000) {
  const requests: { at: number; use: string; room: string; aborted: boolean }[] = [];
  const issued = new Map<string, Issued>();
  const spent = new Set<string>();
  const route = {
    requests,
    issued,
    spend,
    user: "ada",
    delayMs: 0,
    /** When the login session ends, on the clock; 401 from then on. */
    sessionEndsAt: clock.now() + 30 * 86_400_000,
    answer: (_use: string): RouteAnswer => "ok",
    fetch: ((_url: string, init: RequestInit) =>
      new Promise<Response>((resolve, reject) => {
        const { use, room } = JSON.parse(String(init.body)) as { use: string; room: string };
        const request = { at: clock.now(), use, room, aborted: false };
        requests.push(request);
        init.signal?.addEventListener("abort", () => {
          request.aborted = true;
          reject(new DOMException("aborted", "AbortError"));
        });
        const answer = route.answer(use);
        if (answer === "hang") return;
        const isOver = clock.now() >= route.sessionEndsAt;
        const reply = () => {
          if (answer === "network") return reject(new TypeError("fetch failed"));
          if (isOver) return resolve(refusal(401));
          if (answer === "ok") return resolve(Response.json(issue(use)));
          const headers = new Headers();
          if (answer.retryAfter) headers.set("retry-after", answer.retryAfter);
          resolve(refusal(answer.status, answer.body, headers));
        };
        if (route.delayMs > 0) clock.setTimeout(reply, route.delayMs);
        else reply();
      })) as unknown as typeof fetch,
  };

  /** What a party does with a token: good once, for one use, in its time. */
  function spend(token: string, use: string): Issued | ErrorCode {
    const found = issued.get(token);
    if (!found || found.use !== use) return "unauthorized";
    if (clock.now() > found.expiresAt) return "token_expired";
    if (spent.has(token)) return "token_spent";
    spent.add(token);
    return found;
  }

  function issue(use: string) {
    const token = `token-${issued.size + 1}`;
    issued.set(token, { token, use, user: route.user, expiresAt: clock.now() + lifeMs });
    const sessionExpiresInMs = route.sessionEndsAt - clock.now();
    return { token, expiresInMs: lifeMs, leaseMs: 1, sessionExpiresInMs };
  }
  return route;
}
export type FakeRoute = ReturnType<typeof createFakeRoute>;
