import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { faultOf, outsideLinks } from "./links.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "links-"));
const server = createServer((req, res) => {
  if (req.url === "/hangs") return;
  res.writeHead(Number(req.url.slice(1)), req.url === "/301" ? { Location: "/404" } : {}).end("x");
});
let base;
beforeAll(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

it.each([
  ["200", null],
  ["403", null],
  ["404", "answers 404"],
  ["301", "answers 404"],
  ["500", "answers 500"],
  ["hangs", "does not answer (TimeoutError)"],
])("a link to what answers %s: %s", async (what, fault) => {
  expect(await faultOf(`${base}/${what}`, 300)).toBe(fault);
});

it("a link to where nobody listens is told", async () => {
  const closed = createServer();
  await new Promise((resolve) => closed.listen(0, "127.0.0.1", resolve));
  const { port } = closed.address();
  await new Promise((resolve) => closed.close(resolve));
  expect(await faultOf(`http://127.0.0.1:${port}/`)).toBe("does not answer (ECONNREFUSED)");
});

it("the documents' links that leave the project are found, each once, and no example", () => {
  mkdirSync(path.join(folder, "docs/decisions"), { recursive: true });
  writeFileSync(
    path.join(folder, "README.md"),
    "[a](https://a.test/x) [b](docs/B.md) `https://c.test`",
  );
  writeFileSync(path.join(folder, "docs/B.md"), "[again](https://a.test/x)");
  expect([...outsideLinks(folder)]).toEqual([["https://a.test/x", ["README.md", "docs/B.md"]]]);
  expect([...outsideLinks().keys()]).toContain("https://semver.org");
  for (const address of outsideLinks().keys()) expect(address).toMatch(/^https:/);
});
