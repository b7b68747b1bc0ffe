import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "guestlist-history-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The command loads the whole of a run, also where it reads the log of an earlier one. */
const chaos = (log: string) =>
  promisify(execFile)(process.execPath, [
    path.join(__dirname, "../history.mjs"),
    "--engine=cloudflare",
    `--log=${log}`,
  ]);

it("npm run chaos starts, and judges a log that it is given", async () => {
  const log = path.join(folder, "run.jsonl");
  writeFileSync(log, "");
  const { stdout } = await chaos(log);
  expect(stdout).toMatch(/^holds {3}/m);
  expect(stdout).toMatch(/acknowledged/);
});
