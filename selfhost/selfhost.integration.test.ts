import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { importJWK, SignJWT } from "jose";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { Client } from "../party/testing/client";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import { freePort } from "../scripts/lib/ports.mjs";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const ORIGIN = "https://chat.example.com";
const keys = makeTokenKeys();
const folder = mkdtempSync(path.join(tmpdir(), "guestlist-selfhost-"));
let [port, party]: [number, ChildProcess | undefined] = [0, undefined];

/** The variables that compose.yaml gives the party, with what stands in its `.env`. */
function composed(given: Record<string, string>): NodeJS.ProcessEnv {
  const block = /command: workerd serve[^]*?environment:\n((?: {6}.*\n)+)/.exec(
    read("selfhost/compose.yaml"),
  )?.[1];
  const lines = [...(block ?? "").matchAll(/^ {6}([A-Z_]+): "?(.*?)"?$/gm)];
  expect(lines.length).toBeGreaterThan(2);
  const env = lines.map(([, name = "", text = ""]) => [
    name,
    text.replace(/\$\{(\w+)[^}]*\}/g, (_all, asked: string) => given[asked] ?? ""),
  ]);
  return { NODE_ENV: "production", ...(Object.fromEntries(env) as Record<string, string>) };
}

/** As compose.yaml's `party` starts it, with a port and a folder of the test's own. */
async function start(): Promise<void> {
  const wrangler = createRequire(createRequire(import.meta.url).resolve("wrangler/package.json"));
  const workerd = path.join(path.dirname(wrangler.resolve("workerd/package.json")), "bin/workerd");
  const places = [`--socket-addr=http=127.0.0.1:${port}`, `--directory-path=rooms=${folder}/rooms`];
  party = spawn(workerd, ["serve", path.join(root, "selfhost/party.capnp"), ...places], {
    stdio: "ignore",
    env: composed({ PARTY_TOKEN_JWKS: JSON.stringify(keys.keySet), APP_NAME: "chat.example.com" }),
  });
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200),
    { timeout: 20_000 },
  );
}
async function stop(): Promise<void> {
  if (!party) return;
  party.kill("SIGKILL");
  await once(party, "exit");
}

beforeAll(async () => {
  execFileSync(process.execPath, [path.join(root, "selfhost/bundle.mjs")]);
  mkdirSync(path.join(folder, "rooms"));
  port = await freePort();
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

async function tokenOf(user: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    ...{ iss: ORIGIN, aud: "party", sub: user, sid: `s-${user}`, room: "general", role: "member" },
    ...{ name: user, jti: crypto.randomUUID(), iat: now, exp: now + 60, lease: 300 },
    ...{ sess_exp: now + 86_400, use: "connect" },
  })
    .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid: keys.privateJwk.kid })
    .sign(await importJWK(keys.privateJwk, "EdDSA"));
}
const dial = (token: string) =>
  new Client(`ws://127.0.0.1:${port}/parties/main/general?token=${token}`, {
    headers: { Origin: ORIGIN },
  });

it("two people talk on workerd alone, and a killed process keeps what it acknowledged", async () => {
  const [token, other] = [await tokenOf("ada"), await tokenOf("grace")];
  const [ada, grace] = [dial(token), dial(other)];
  await Promise.all([ada.next("welcome"), grace.next("welcome")]);
  ada.send({ type: "chat.send", id: "m1", text: "kept" });
  await ada.next("ack");
  expect(await grace.next("chat.message")).toMatchObject({ text: "kept", user: { id: "ada" } });

  await stop();
  await start();
  const again = dial(await tokenOf("ada"));
  expect(await again.next("welcome")).toMatchObject({ seq: 1, messages: [{ text: "kept" }] });
  const replayed = dial(token);
  expect(await replayed.closed).toMatchObject({ code: 4409 });
});

it("its rooms are copied while people talk, and put back, by the commands of SELF-HOSTING", async () => {
  const rooms = `--rooms=${folder}/rooms`;
  const env = { ...process.env, DATABASE_URL: `file:${folder}/app.db` };
  const command = (name: string, ...words: string[]) =>
    execFileSync(process.execPath, [path.join(root, "scripts", name), ...words], {
      env,
    }).toString();
  command("migrate.mjs");
  const ada = dial(await tokenOf("ada"));
  const { seq } = await ada.next("welcome");
  ada.send({ type: "chat.send", id: "before", text: "before" });
  await ada.next("ack");
  expect(command("backup.mjs", `${folder}/backups`, rooms)).toContain("with 1 room.");
  ada.send({ type: "chat.send", id: "after", text: "after" });
  await ada.next("ack", ({ id }) => id === "after");

  await stop();
  command("restore.mjs", `${folder}/backups`, "--yes", rooms);
  await start();
  const again = dial(await tokenOf("ada"));
  const { messages, seq: restored } = await again.next("welcome");
  expect(restored).toBe(seq + 1);
  expect(messages.at(-1)).toMatchObject({ text: "before" });
});

it("frames are not compressed, so none can grow in the party's memory", async () => {
  const flags = /compatibilityFlags = (\[.*\])/.exec(read("selfhost/party.capnp"))?.[1];
  const deployed = JSON.parse(read("wrangler.json")) as { compatibility_flags: string[] };
  expect(JSON.parse(flags ?? "null")).toEqual(deployed.compatibility_flags);
  const token = await tokenOf("ada");
  // It offers compression, as browsers do.
  const socket = new WebSocket(`ws://127.0.0.1:${port}/parties/main/general?token=${token}`);
  await once(socket, "message");
  expect(socket.extensions).toBe("");
  socket.terminate();
});
