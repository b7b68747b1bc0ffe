import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digestOf, rangeOf, rangeServer } from "../../scripts/lib/testing/range-server.mjs";
import { countedFamilies } from "../observe/metrics";
import { breachCheck } from "./breached";

const STOLEN = "quiet lantern on the stairs";
type Answer = (prefix: string, response: ServerResponse) => void;
const listed: Answer = (prefix, response) => void response.end(rangeOf(prefix, [STOLEN]));

const shared = globalThis as { guestlistCounts?: unknown };
let lines: string[];
const undo: (() => unknown)[] = [];
beforeEach(() => {
  lines = [];
  delete shared.guestlistCounts;
  vi.spyOn(console, "info").mockImplementation((line: string) => void lines.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of undo.splice(0)) await one();
});

async function list(answer: Answer, timeLimitMs?: number) {
  const server = await rangeServer(answer);
  undo.push(server.stop);
  return { server, isBreached: breachCheck(server.url, timeLimitMs) };
}
const outcomes = () =>
  countedFamilies()
    .find(({ name }) => name === "guestlist_password_ranges_total")
    ?.samples.map(({ labels, value }) => [labels?.outcome, value]);

describe("a list of breached passwords", () => {
  it("knows a stolen password, in every spelling of it, and no other", async () => {
    const { isBreached } = await list(listed);
    expect(await isBreached(STOLEN)).toBe(true);
    expect(await isBreached(STOLEN.replace("quiet", "ｑｕｉｅｔ"))).toBe(true);
    expect(await isBreached(`${STOLEN}!`)).toBe(false);
    expect(outcomes()).toEqual([
      ["breached", 2],
      ["clear", 1],
    ]);
    expect(lines).toEqual([]);
  });

  it("takes what is counted nought times for padding", async () => {
    const { isBreached } = await list((prefix, response) =>
      response.end(rangeOf(prefix, [STOLEN], 0)),
    );
    expect(await isBreached(STOLEN)).toBe(false);
  });

  it("is told five characters of the digest and nothing else", async () => {
    const { server, isBreached } = await list(listed);
    await isBreached(STOLEN);
    const digest = digestOf(STOLEN);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatchObject({
      path: `/range/${digest.slice(0, 5)}`,
      headers: { "add-padding": "true" },
      body: "",
    });
    const told = JSON.stringify(server.asked).toUpperCase();
    expect(told).not.toContain(digest.slice(0, 6));
    expect(told).not.toContain(digest.slice(5, 11));
    for (const name of ["COOKIE", "AUTHORIZATION", "REFERER", "X-REQUEST-ID", "LANTERN"]) {
      expect(told).not.toContain(name);
    }
  });

  it.each<[string, string, Answer]>([
    ["answers 500", "refused", (_, response) => void response.writeHead(500).end("00000:1")],
    ["answers 429", "refused", (_, response) => void response.writeHead(429).end()],
    [
      "leads elsewhere",
      "silent",
      (prefix, response) => void response.writeHead(302, { location: `/range/${prefix}` }).end(),
    ],
    ["is a page", "garbage", (_, response) => void response.end("<!doctype html><p>Hello</p>")],
    ["is empty", "garbage", (_, response) => void response.end()],
    [
      "is cut off in a line",
      "garbage",
      (prefix, response) => void response.end(rangeOf(prefix, [STOLEN]).slice(0, -20)),
    ],
    [
      "has no end",
      "too_large",
      (prefix, response) => {
        const block = `${rangeOf(prefix, [STOLEN])}\r\n`;
        const more = (): void => {
          while (!response.destroyed && response.write(block));
          if (!response.destroyed) response.once("drain", more);
        };
        more();
      },
    ],
    ["hangs up", "silent", (_, response) => void response.destroy()],
    ["says nothing", "silent", () => undefined],
    [
      "stops in the middle",
      "silent",
      (prefix, response) => void response.write(rangeOf(prefix, [STOLEN])),
    ],
  ])("that %s keeps nobody from an account, and the log says so", async (_, code, answer) => {
    // Only what says nothing is waited for.
    const { server, isBreached } = await list(answer, code === "silent" ? 300 : 20_000);
    expect(await isBreached(STOLEN)).toBe(false);
    expect(outcomes()).toEqual([["unknown", 1]]);
    expect(server.asked).toHaveLength(1);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { time: expect.any(String), event: "password_range_unknown", code },
    ]);
    const prefix = digestOf(STOLEN).slice(0, 5);
    expect(lines.join().toUpperCase()).not.toMatch(new RegExp(`${prefix}|LANTERN|RANGE/`));
  });

  it("that is not there, and one whose name nobody knows, keep nobody either", async () => {
    const { server } = await list(listed);
    await server.stop();
    undo.length = 0;
    expect(await breachCheck(server.url)(STOLEN)).toBe(false);
    expect(await breachCheck("https://nowhere.invalid/range")(STOLEN)).toBe(false);
    expect(outcomes()).toEqual([["unknown", 2]]);
  });

  it("is not asked where none is named", async () => {
    const asked = vi.spyOn(globalThis, "fetch");
    expect(await breachCheck(null)(STOLEN)).toBe(false);
    expect(asked).not.toHaveBeenCalled();
    expect(outcomes()).toEqual([]);
  });
});
