import { describe, expect, it } from "vitest";
import { API_ERRORS } from "../api/errors";
import { createFakeClock } from "./testing/fake-clock";
import { requestToken, VERDICTS } from "./token-request";

function ask(answer: () => Promise<Response>) {
  const clock = createFakeClock();
  const calls: RequestInit[] = [];
  const abort = new AbortController();
  const fetcher = ((_: string, init: RequestInit) => (calls.push(init), answer())) as typeof fetch;
  const given = requestToken(
    { ...clock, fetch: fetcher },
    { url: "/t", room: "general", use: "connect", signal: abort.signal },
  );
  return { given, clock, calls, abort };
}

describe("a token request", () => {
  it("sends the room and the use as JSON, with the cookie, past every cache", async () => {
    const { given, calls } = ask(async () => Response.json({ token: "abc", expiresInMs: 1 }));
    expect(await given).toEqual({ kind: "token", token: "abc" });
    expect(calls[0]).toMatchObject({
      method: "POST",
      body: '{"room":"general","use":"connect"}',
      headers: { "content-type": "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
    });
  });

  it.each<[given: string, ms: number | undefined, date?: string]>([
    ["20", 20_000],
    ["0", 0],
    ["999999999", 3_600_000],
    ["-5", undefined],
    ["soon", undefined],
    ["9".repeat(400), 3_600_000],
    ["1e9", undefined],
    ["Wed, 21 Oct 2015 07:28:00 GMT", 60_000, "Wed, 21 Oct 2015 07:27:00 GMT"],
    ["Wed, 21 Oct 2015 07:26:00 GMT", 0, "Wed, 21 Oct 2015 07:27:00 GMT"],
    ["Wed, 21 Oct 2015 07:28:00 GMT", undefined],
  ])("reads Retry-After: %s as %s ms", async (header, retryAfterMs, date) => {
    const headers = { "retry-after": header, ...(date !== undefined && { date }) };
    const { given } = ask(async () => new Response("", { status: 503, headers }));
    expect(await given).toEqual({
      kind: "later",
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  });

  it.each([
    ["no token", { expiresInMs: 1 }],
    ["an endless token", { token: "x".repeat(2_049) }],
    ["no object", null],
  ])("takes a 200 with %s for a passing failure", async (_, body) => {
    const { given } = ask(async () => Response.json(body));
    expect(await given).toEqual({ kind: "later" });
  });

  it.each(Object.entries(VERDICTS))(
    "believes %s with the app's code for it",
    async (key, verdict) => {
      const { code = "", answer } = verdict ?? {};
      const status = Number(key);
      const { given } = ask(async () => Response.json({ code, message: "" }, { status }));
      expect(await given).toEqual(answer);
      expect(API_ERRORS).toHaveProperty(`${code}.status`, status);
    },
  );

  it.each([
    [
      { until: 5_000, note: "Spam" },
      { until: 5_000, reason: "Spam" },
    ],
    [{ until: null, note: null }, {}],
    [{ until: "soon", note: null }, undefined],
  ])("says of a ban until when and why: %j", async (more, ban) => {
    const body = { code: "forbidden", message: "", reason: "banned", ...more };
    const { given } = ask(async () => Response.json(body, { status: 403 }));
    expect(await given).toEqual({ kind: "forbidden", ...(ban && { ban }) });
  });

  const html = "<!doctype html><title>Sign in to the airport</title>";
  it.each(
    Object.keys(VERDICTS).flatMap((key) => [
      [key, "a page", html],
      [key, "nothing", null],
      [key, "JSON of somebody else", '{"error":"Not Found"}'],
      [key, "another code", '{"code":"unavailable"}'],
      [
        key,
        "too long a body",
        `{"code":"${VERDICTS[Number(key)]?.code}","x":"${"x".repeat(9_000)}"}`,
      ],
    ]),
  )("takes %s with %s for a passing failure", async (key, _, body) => {
    const headers = { "retry-after": "7" };
    const { given } = ask(async () => new Response(body, { status: Number(key), headers }));
    expect(await given).toEqual({ kind: "later", retryAfterMs: 7_000 });
  });

  it("does not wait for the end of a refusal that has none", async () => {
    const endless = new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(1)) });
    const { given, clock } = ask(async () => new Response(endless, { status: 403 }));
    await clock.advance(10_000);
    expect(await given).toEqual({ kind: "later" });
  });

  it("does not wait for a fetch that ignores the abort", async () => {
    const { given, clock, calls } = ask(() => new Promise(() => {}));
    await clock.advance(10_000);
    expect(await given).toEqual({ kind: "later" });
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it("that is given up leaves no timer", async () => {
    const { given, clock, abort } = ask(() => new Promise(() => {}));
    abort.abort();
    expect(await given).toEqual({ kind: "later" });
    expect(clock.pending()).toBe(0);
  });
});
