import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { type APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";

const NEXT = path.join(import.meta.dirname, "..", ".next");
const BUDGET_BYTES = 45 * 1024;

/** The scripts that a page needs before it comes to life, as its document names them. */
async function scriptsOf(request: APIRequestContext, address: string): Promise<Set<string>> {
  const html = await (await request.get(address)).text();
  const found = [...html.matchAll(/static\/chunks\/[\w.~-]+\.js/g)].map(([file]) => file);
  expect(found.length).toBeGreaterThan(3);
  return new Set(found);
}

test("a room page needs 45 KB of scripts at most beside those of a page with nothing on it, compressed", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { request } = ada.context;
  const base = await scriptsOf(request, "/no-such-page");
  const all = await scriptsOf(request, `/rooms/${await room(ada)}`);
  const own = [...all].filter((file) => !base.has(file));
  const bytes = own.map((file) => gzipSync(readFileSync(path.join(NEXT, file))).length);
  const sum = bytes.reduce((one, other) => one + other, 0);
  const table = own.map((file, index) => `${bytes[index]} ${file}`).join("\n");
  expect(sum, `${sum} bytes in\n${table}`).toBeLessThanOrEqual(BUDGET_BYTES);
});
