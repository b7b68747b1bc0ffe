import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DATA } from "./config.mjs";
import { makeTokenKeys } from "./keys.mjs";
import { startParty } from "./party-process.mjs";
import { freePort, isFree } from "./ports.mjs";

const { keySet, privateJwk } = makeTokenKeys();
const env = { PARTY_TOKEN_JWKS: JSON.stringify(keySet), APP_ORIGINS: "http://localhost:3000" };
const start = (port: number, more: Record<string, string> = {}) =>
  startParty({ port, stateDir: null, env: { ...env, ...more } });

/** What /proc says, or nothing: processes, files and sockets come and go while one looks. */
function seen<T>(look: () => T): T[] {
  try {
    return [look()];
  } catch {
    return [];
  }
}

/** Processes of a group that still run (proc(5), stat); one killed and not yet reaped does not. */
function groupOf(group: number): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => seen(() => readFileSync(`/proc/${pid}/stat`, "utf8")))
    .map((stat) => /^(\d+) \((.*)\) (\S) \d+ (\d+)/s.exec(stat) ?? [])
    .filter(([, , , state, pgrp]) => pgrp === String(group) && state !== "Z")
    .map(([, pid, command]) => ({ pid: Number(pid), command: command ?? "" }));
}

/** Local addresses that the processes listen on, as the kernel tells it (proc(5), net/tcp). */
function listening(pids: number[]): string[] {
  const sockets = new Map<string, string>();
  for (const table of ["tcp", "tcp6"].flatMap((name) =>
    seen(() => readFileSync(`/proc/net/${name}`, "utf8")),
  )) {
    for (const line of table.split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[3] === "0A") sockets.set(`socket:[${fields[9]}]`, fields[1]?.split(":")[0] ?? "");
    }
  }
  const open = pids
    .map((pid) => `/proc/${pid}/fd`)
    .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
    .flatMap((file) => seen(() => readlinkSync(file)));
  return open.flatMap((target) => sockets.get(target) ?? []);
}

describe.skipIf(process.platform !== "linux")("a party process", () => {
  it("listens on loopback only, with everything it brings along, and leaves nothing behind", async () => {
    const port = await freePort();
    const party = await start(port);
    const addresses = listening(groupOf(party.pid).map(({ pid }) => pid));
    expect(addresses.length).toBeGreaterThan(1);
    // 127.0.0.1 in the kernel's byte order.
    expect(new Set(addresses)).toEqual(new Set(["0100007F"]));
    await expect(start(port)).rejects.toThrow(`Port ${port} is in use`);
    await party.stop();
    expect(groupOf(party.pid)).toEqual([]);
    expect(await isFree(port)).toBe(true);
    expect(existsSync(path.join(DATA, `party-${port}`))).toBe(false);
  });

  it("ends when its runtime dies, and can be killed at once", async () => {
    const port = await freePort();
    const party = await start(port);
    const runtime = groupOf(party.pid).find(({ command }) => command.startsWith("workerd"));
    process.kill(runtime?.pid ?? 0, "SIGKILL");
    // 1 where the preload ends it, 7 where partykit first falls over its lost inspector: a failure, either way.
    expect([1, 7]).toContain(await party.exited);
    const again = await start(port);
    await again.kill();
    expect(groupOf(again.pid)).toEqual([]);
  });

  it("keeps its settings where only the owner reads them, and none of anybody else's", async () => {
    const port = await freePort();
    process.env.NEXTAUTH_SECRET_OF_TEST = "not for the party";
    const party = await start(port);
    const folder = path.join(DATA, `party-${port}`);
    expect(statSync(folder).mode & 0o077).toBe(0);
    for (const name of readdirSync(folder).filter((name) => name.startsWith(".env"))) {
      expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
    }
    const environment = readFileSync(`/proc/${party.pid}/environ`, "utf8");
    const command = readFileSync(`/proc/${party.pid}/cmdline`, "utf8");
    expect(environment).not.toContain("NEXTAUTH_SECRET");
    expect(command).not.toContain("JWKS");
    delete process.env.NEXTAUTH_SECRET_OF_TEST;
    await party.stop();
  });

  it.each([
    ["a missing key set", { PARTY_TOKEN_JWKS: "" }, /PARTY_TOKEN_JWKS is missing/],
    [
      "a private key",
      { PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk) },
      /PARTY_TOKEN_PRIVATE_JWK is the app's secret/,
    ],
    ["a weak key", { PARTY_API_KEY: "a".repeat(40) }, /PARTY_API_KEY is too regular/],
  ])("refuses to start with %s and names it", async (_what, more, message) => {
    await expect(start(await freePort(), more)).rejects.toThrow(message);
  });
});
