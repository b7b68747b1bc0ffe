import { afterEach, expect, test, vi } from "vitest";
import { AccountsUnavailable } from "../accounts/port";
import { Busy } from "./queue";
import { MAX_BODY_BYTES, readJson } from "./body";
import { answer, Refusal } from "./errors";
import { logEvent } from "./log";
import { readNewRoom } from "./room-input";
import { methods, route } from "./route";
import { requireSameOrigin } from "./same-origin";

afterEach(() => vi.restoreAllMocks());

const ORIGIN = "https://app.example.com";
const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request(`${ORIGIN}/api/x`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
    ...(body instanceof ReadableStream && { duplex: "half" }),
  });
const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return "accepted";
  } catch (error) {
    return error instanceof Refusal ? error.code : "other";
  }
};

test.each([
  [{ origin: ORIGIN, "sec-fetch-site": "same-origin" }],
  [{ origin: ORIGIN }],
  [{ "sec-fetch-site": "same-origin" }],
  [{}],
])("our own pages and programs that are no browsers pass: %j", async (headers) => {
  expect(await codeOf(() => requireSameOrigin(new Headers(headers), ORIGIN))).toBe("accepted");
});

test.each([
  [{ origin: "null" }],
  [{ origin: "https://evil.example" }],
  [{ origin: "https://app.example.com.evil" }],
  [{ origin: "http://app.example.com" }],
  [{ origin: "https://app.example.com:8443" }],
  [{ origin: "https://APP.example.com" }],
  [{ origin: "not an origin" }],
  [{ origin: "" }],
  [{ "sec-fetch-site": "cross-site" }],
  [{ "sec-fetch-site": "same-site" }],
  [{ "sec-fetch-site": "none" }],
  [{ origin: ORIGIN, "sec-fetch-site": "cross-site" }],
])("a request that another site could have caused is refused: %j", async (headers) => {
  expect(await codeOf(() => requireSameOrigin(new Headers(headers), ORIGIN))).toBe("forbidden");
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "application/jsonx",
  "",
])("a body of type %j is not JSON", async (type) => {
  expect(await codeOf(() => readJson(post("{}", { "content-type": type })))).toBe(
    "unsupported_media_type",
  );
});

test.each(["", "{", "[]", "1", "null", '"x"', "{}{}"])("%j is no JSON object", async (body) => {
  expect(await codeOf(() => readJson(post(body)))).toBe("bad_request");
});

test("bytes that are no UTF-8 are refused, not replaced", async () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode('{"a":"'), 0xff, 0x22, 0x7d]);
  expect(await codeOf(() => readJson(post(bytes)))).toBe("bad_request");
});

test("a body at the limit is read, one byte more is not", async () => {
  const json = (bytes: number) => `"${"a".repeat(bytes - 8)}"`.replace(/^/, '{"a":').concat("}");
  expect(json(MAX_BODY_BYTES)).toHaveLength(MAX_BODY_BYTES);
  expect(await codeOf(() => readJson(post(json(MAX_BODY_BYTES))))).toBe("accepted");
  expect(await codeOf(() => readJson(post(json(MAX_BODY_BYTES + 1))))).toBe("too_large");
});

test("an endless body without a length is stopped at the limit", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1024;
      controller.enqueue(new Uint8Array(1024).fill(97));
    },
  });
  expect(await codeOf(() => readJson(post(endless)))).toBe("too_large");
  expect(sent).toBeLessThan(MAX_BODY_BYTES * 2);
});

const outcome = async (error: unknown) => {
  const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
  const response = await route(() => Promise.reject(error))(post("{}"));
  const logged = info.mock.calls.flat().join("\n");
  return { response, status: response.status, text: await response.text(), logged };
};

test.each([new AccountsUnavailable("SQLITE_BUSY"), new Busy()])(
  "%s is 503 with a time to come back",
  async (error) => {
    const { response, status, text } = await outcome(error);
    expect(status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(JSON.parse(text).code).toBe("unavailable");
  },
);

test.each([
  new Error("password=hunter2 at /srv/app.ts"),
  "hunter2",
  { code: "ENOENT", path: "/srv/hunter2" },
  undefined,
])("an unexpected throw is a constant 500, and its text is in no log: %s", async (thrown) => {
  const { status, text, logged } = await outcome(thrown);
  expect([status, text]).toEqual([500, '{"code":"internal","message":"Something went wrong."}']);
  expect(logged).toContain('"event":"error"');
  expect(logged).not.toContain("hunter2");
});

test("no log holds the code of an invitation", async () => {
  const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
  const failing = route(async () => Promise.reject(new AccountsUnavailable("gone")));
  await failing(new Request("http://x/api/invites/a-secret-code", { method: "POST" }));
  const lines = info.mock.calls.join();
  expect(lines).toContain("/api/invites/[code]");
  expect(lines).not.toContain("a-secret-code");
});

test("errors with which Next steers rendering pass through", async () => {
  const steering = Object.assign(new Error("NEXT_REDIRECT"), { digest: "NEXT_REDIRECT;/x" });
  await expect(route(() => Promise.reject(steering))(post("{}"))).rejects.toBe(steering);
});

test("no answer is kept by a cache or shown as a page", () => {
  const { headers } = answer(200, {});
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("access-control-allow-origin")).toBeNull();
});

test("a method that a route does not have is 405 and names those it has", () => {
  const get = () => Response.json({});
  const of = methods({ GET: get, DELETE: get });
  expect([of.GET, of.HEAD, of.DELETE]).toEqual([get, get, get]);
  for (const refused of [of.POST, of.PUT, of.PATCH, of.OPTIONS]) {
    const response = refused();
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, DELETE"]);
  }
  expect(methods({ POST: get }).HEAD().headers.get("allow")).toBe("POST");
});

test("an event is one line, whatever is in it", () => {
  const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
  logEvent("x", { name: 'a\n{"event":"forged"}\u001b[31m' });
  const [line = ""] = info.mock.calls[0] as string[];
  expect(line).not.toMatch(/[\n\u001b]/);
  expect(JSON.parse(line).event).toBe("x");
});

test("a new room is read field by field", () => {
  const given = { id: "tea-room", name: " Tea ", visibility: "public", owner: "x" };
  expect(readNewRoom(given)).toEqual({
    id: "tea-room",
    name: "Tea",
    topic: null,
    visibility: "public",
  });
});

const fieldsOf = (name: string) => {
  try {
    return readNewRoom({ id: "tea-room", name, visibility: "public" }).name;
  } catch (error) {
    return (error as Refusal).details.fields;
  }
};

test.each(["Gener\u0430l", "Tea (\u0421lub)", "Ada\u200d\u0430", "\u0399nfo desk"])(
  "a room named %j has a word of two alphabets, and is refused with a sentence",
  (name) => {
    expect(fieldsOf(name)).toEqual({ name: expect.stringMatching(/alphabets.*each in one/) });
  },
);

test.each([
  ...[
    "Клуб JavaScript",
    "Русский / English",
    "IT-отдел",
    "3D-печать",
    "Café Ελλάδα",
    "🍵 чай & tea",
  ],
  ...["日本語chat", "한국어 room", "علی‌رضا's room", "#general", "2026"],
])("a room may be named %s: its words are of one alphabet each", (name) => {
  expect(fieldsOf(name)).toBe(name);
});

test("a wrong room is refused with a sentence per field", () => {
  const refusal = (() => {
    try {
      return readNewRoom({
        id: "Tea Room",
        name: "\u200b",
        topic: "t".repeat(201),
        visibility: "secret",
      });
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toBeInstanceOf(Refusal);
  expect(Object.keys((refusal as Refusal).details.fields ?? {})).toEqual([
    "id",
    "name",
    "topic",
    "visibility",
  ]);
});
