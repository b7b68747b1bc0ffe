import { exportJWK, generateKeyPair, type JWK, type JWTVerifyGetKey } from "jose";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { keySource } from "./key-source";

const START = 1_800_000_000_000;
let jwks: Record<string, JWK>;
let published: string[];
let status: number;
let asked: number;
let keys: JWTVerifyGetKey;

beforeAll(async () => {
  const make = async (kid: string) => {
    const { publicKey } = await generateKeyPair("EdDSA");
    return [kid, { ...(await exportJWK(publicKey)), kid, alg: "EdDSA" }] as const;
  };
  jwks = Object.fromEntries(await Promise.all(["old", "new"].map(make)));
});
beforeEach(() => {
  vi.useFakeTimers({ now: START });
  [published, status, asked] = [["old"], 200, 0];
  vi.stubGlobal("fetch", async () => {
    asked++;
    return Response.json({ keys: published.map((kid) => jwks[kid]) }, { status });
  });
  keys = keySource(new URL("https://app.example.com/.well-known/jwks.json"));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What becomes of a token that names this key. */
const look = (kid: string): Promise<string> =>
  Promise.resolve(keys({ alg: "EdDSA", kid }, { payload: "", signature: "" })).then(
    () => "found",
    (error: { code: string }) => error.code,
  );
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const UNKNOWN = "ERR_JWKS_NO_MATCHING_KEY";
const UNAVAILABLE = "KEYS_UNAVAILABLE";

test("a set is asked for once, and again when it is a minute old", async () => {
  for (let i = 0; i < 20; i++) expect(await look("old")).toBe("found");
  expect(asked).toBe(1);
  later(60_001);
  expect(await look("old")).toBe("found");
  expect(asked).toBe(2);
});

test("a new key is known when a token first names it", async () => {
  await look("old");
  later(2_001);
  published = ["new", "old"];
  expect(await look("new")).toBe("found");
});

test("within the cool-down a token of a new key waits and is not refused, whatever junk came before", async () => {
  await look("old");
  later(2_001);
  expect(await look("junk")).toBe(UNKNOWN);
  published = ["new", "old"];
  const waiting = look("new");
  await vi.advanceTimersByTimeAsync(1_900);
  expect(asked).toBe(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(await waiting).toBe("found");
});

test("a flood of unknown keys asks once in two seconds", async () => {
  await look("old");
  const flood = Promise.all(Array.from({ length: 50 }, (_, i) => look(`junk-${i}`)));
  await vi.advanceTimersByTimeAsync(2_100);
  expect(new Set(await flood)).toEqual(new Set([UNKNOWN]));
  expect(asked).toBe(2);
});

test("those who come at once, in a worker too, ask once", async () => {
  // What jose looks for: there it would let each of them ask for itself.
  vi.stubGlobal("WebSocketPair", class {});
  const crowd = Promise.all(Array.from({ length: 50 }, () => look("old")));
  await vi.advanceTimersByTimeAsync(200);
  expect(new Set(await crowd)).toEqual(new Set(["found"]));
  expect(asked).toBe(1);
});

test("a question that is never answered holds nobody up for longer than its time", async () => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  void look("old");
  await vi.advanceTimersByTimeAsync(0);
  vi.stubGlobal("fetch", async () => Response.json({ keys: [jwks.old] }));
  vi.stubGlobal("WebSocketPair", class {});
  const second = look("old");
  await vi.advanceTimersByTimeAsync(3_100);
  expect(await second).toBe("found");
});

test("a key that was taken out is believed for a minute at the most", async () => {
  published = ["new", "old"];
  expect(await look("old")).toBe("found");
  published = ["new"];
  later(60_001);
  expect(await look("new")).toBe("found");
  const gone = look("old");
  await vi.advanceTimersByTimeAsync(2_100);
  expect(await gone).toBe(UNKNOWN);
});

test("without any set the answer is not about the token, and one question in a second is enough", async () => {
  status = 503;
  for (let i = 0; i < 20; i++) expect(await look("old")).toBe(UNAVAILABLE);
  expect(asked).toBe(1);
  status = 200;
  later(1_001);
  expect(await look("old")).toBe("found");
});

test("in an outage the last set serves ten minutes more, for the keys that are in it", async () => {
  await look("old");
  status = 503;
  later(60_000 + 10 * 60_000 - 1);
  expect(await look("old")).toBe("found");
  expect(await look("new")).toBe(UNAVAILABLE);
  later(2_000);
  expect(await look("old")).toBe(UNAVAILABLE);
});
