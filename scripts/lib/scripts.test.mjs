import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "./config.mjs";
import { addToEnvFile, readEnvFile } from "./env-file.mjs";
import { makeTokenKeys } from "./keys.mjs";
import { checkNode } from "./node-version.mjs";
import { freePort, isFree, requireFree } from "./ports.mjs";
import { supervise } from "./supervise.mjs";

describe("set-up", () => {
  let folder;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "setup-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(["18.20.0", "20.8.1"])("refuses Node %s with the version it needs", (version) => {
    expect(() => checkNode(version)).toThrow(/Node 20\.9/);
  });

  it.each(["20.9.0", "22.0.0", "26.1.2"])("takes Node %s", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it("adds what is missing to .env.local, keeps what is there, and lets only its owner read", () => {
    const file = path.join(folder, ".env.local");
    addToEnvFile(file, { A: "1" }, "first");
    addToEnvFile(file, { B: '{"k":"v"}' }, "second");
    expect(readEnvFile(file)).toEqual({ A: "1", B: '{"k":"v"}' });
    expect(readFileSync(file, "utf8")).toContain("# first");
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("makes another key each time, and a public set without the private half", () => {
    const [one, two] = [makeTokenKeys(), makeTokenKeys()];
    expect(one.privateJwk.kid).not.toBe(two.privateJwk.kid);
    expect(one.keySet.keys[0]).toMatchObject({ kid: one.privateJwk.kid, crv: "Ed25519" });
    expect(JSON.stringify(one.keySet)).not.toContain(one.privateJwk.d);
  });
});

describe("ports and places", () => {
  it("names a busy port, what wanted it, and the variable that moves it", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address();
    await expect(requireFree(port, "PORT", "the app")).rejects.toThrow(
      new RegExp(`Port ${port} is in use.*PORT=`),
    );
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(await freePort())).toBe(true);
  });

  it.each(["0", "70000", "http", "1.5"])("refuses PORT=%s", (PORT) => {
    expect(() => resolveConfig({ PORT })).toThrow(/PORT=.*not a port/);
  });

  it("keeps two copies apart when their ports and databases differ", () => {
    const one = resolveConfig({
      PORT: "3001",
      PARTY_PORT: "2001",
      DATABASE_URL: "file:/tmp/a/x.db",
    });
    const two = resolveConfig({
      PORT: "3002",
      PARTY_PORT: "2002",
      DATABASE_URL: "file:/tmp/b/x.db",
    });
    expect(one.partyState).not.toBe(two.partyState);
    expect(one.partyEnv.APP_ORIGINS).toBe("http://localhost:3001");
    expect(two.appEnv.PARTY_HOST).toBe("127.0.0.1:2002");
  });

  it("tells the party nothing that could mint or sign anybody in", () => {
    const { partyEnv } = resolveConfig({
      NEXTAUTH_SECRET: "s",
      PARTY_TOKEN_PRIVATE_JWK: "p",
      PARTY_TOKEN_JWKS: "k",
      DATABASE_AUTH_TOKEN: "d",
    });
    expect(Object.keys(partyEnv).sort()).toEqual(["APP_ORIGINS", "PARTY_TOKEN_JWKS"]);
  });
});

it("a process that dies is started again, the log says so, and stopping is final", async () => {
  const said = [];
  const ends = [];
  let stopped = 0;
  const start = async () => {
    let end;
    const exited = new Promise((resolve) => (end = resolve));
    ends.push(end);
    return { exited, stop: async () => (stopped++, end(0)) };
  };
  const running = await supervise(start, (line) => said.push(line), "The party");
  ends[0](1);
  await expect
    .poll(() => said)
    .toEqual(["The party ended; starting it again", "The party is back"]);
  await running.stop();
  expect(ends).toHaveLength(2);
  expect(stopped).toBeGreaterThan(0);
});
