import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../lib/config.mjs";
import { makeSecret, makeTokenKeys } from "../lib/keys.mjs";
import { ENGINES } from "./party.mjs";

const { privateJwk } = makeTokenKeys();
const secret = makeSecret();
const apiKey = makeSecret();
const APP = "https://guestlist.example.com";

let parent: string;
let sent: string;

/** PartyKit's own command, against a control plane of ours that keeps what it is sent. */
beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), "upload-"));
  // What lies about above the folder, as in a project: the command looks upwards for both.
  const planted = `NEXTAUTH_SECRET=${secret}\nPARTY_TOKEN_PRIVATE_JWK='${JSON.stringify(privateJwk)}'\n`;
  for (const name of [".env", ".env.local"]) writeFileSync(path.join(parent, name), planted);
  const values = {
    PARTY_TOKEN_JWKS: `${APP}/.well-known/jwks.json`,
    APP_ORIGINS: APP,
    PARTY_API_KEY: apiKey,
  };
  const { command } = ENGINES.partykit!({
    name: "guestlist",
    host: "party.example.com",
    values,
    parent,
  });
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(await bodyOf(request));
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const bin = path.join(ROOT, "node_modules/partykit/dist/bin.mjs");
  const child = spawn(process.execPath, [bin, ...command.args], {
    cwd: command.cwd,
    stdio: "ignore",
    env: {
      NODE_ENV: "production",
      ...{ PATH: process.env.PATH, HOME: parent, CI: "1", NO_UPDATE_NOTIFIER: "1" },
      ...{ GITHUB_LOGIN: "me", GITHUB_TOKEN: "t" },
      ...{ CLOUDFLARE_ACCOUNT_ID: "a", CLOUDFLARE_API_TOKEN: "c" },
      PARTYKIT_API_BASE: `http://127.0.0.1:${port}`,
    },
  });
  const ended = once(child, "exit");
  for (; child.exitCode === null && !bodies.some((body) => body.includes('name="code"'));) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  child.kill();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  sent = bodies.join("\n");
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

it("PartyKit is sent the party's script and variables, and no secret of the app", () => {
  expect(sent).toContain('name="code"');
  const vars = /name="vars"\r\n\r\n(.*?)\r\n--/s.exec(sent)?.[1];
  expect(JSON.parse(vars ?? "")).toEqual({
    PARTY_TOKEN_JWKS: `${APP}/.well-known/jwks.json`,
    APP_ORIGINS: APP,
    PARTY_API_KEY: apiKey,
  });
  expect(sent).not.toContain(secret);
  expect(sent).not.toContain(privateJwk.d);
  expect(sent).not.toMatch(/["']?\bd["']?\s*:\s*["'][A-Za-z0-9_-]{43}["']/);
});

it("the party's own key is in the variables alone, not in the script", () => {
  const script = /name="code"\r\n\r\n(.*?)\r\n--/s.exec(sent)?.[1] ?? "";
  expect(script.length).toBeGreaterThan(50_000);
  expect(script).not.toContain(apiKey);
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
