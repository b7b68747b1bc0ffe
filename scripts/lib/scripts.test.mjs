import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveConfig } from "./config.mjs";
import { engineOf, takeEngine } from "./engines/names.mjs";
import { addToEnvFile, readEnvFile } from "./env-file.mjs";
import { missingKeys } from "../setup.mjs";
import { explain } from "./install.mjs";
import { makeTokenKeys } from "./keys.mjs";
import { checkNode } from "./node-version.mjs";
import { freePort, isFree, requireFree } from "./ports.mjs";
import { reasonIn } from "./stack.mjs";
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

describe("the engine of the party", () => {
  it.each([
    [["--engine", "cloudflare", "e2e"], ["e2e"]],
    [["unit", "--engine=cloudflare"], ["unit"]],
  ])("is what %j says, and the other words stay", (words, rest) => {
    const env = { PARTY_ENGINE: "partykit" };
    expect(takeEngine(words, env)).toEqual(rest);
    expect(env.PARTY_ENGINE).toBe("cloudflare");
  });

  it("is PartyKit where nothing is said, and what PARTY_ENGINE says elsewhere", () => {
    const env = {};
    expect(takeEngine(["unit"], env)).toEqual(["unit"]);
    expect(engineOf(env.PARTY_ENGINE)).toBe("partykit");
    expect(engineOf("cloudflare")).toBe("cloudflare");
  });

  it.each([["--engine"], ["--engine", "../x"], ["--engine=toString"]])(
    "is refused by name when it is none: %s %s",
    (...words) => {
      expect(() => takeEngine(words, {})).toThrow("choose partykit or cloudflare");
      expect(() => engineOf("toString")).toThrow("PARTY_ENGINE=toString");
    },
  );

  it("keeps its rooms apart from the other's, which it could not read", () => {
    const given = { DATABASE_URL: "file:/tmp/x/app.db" };
    const states = ["partykit", "cloudflare"].map(
      (PARTY_ENGINE) => resolveConfig({ ...given, PARTY_ENGINE }).partyState,
    );
    expect(states).toEqual(["/tmp/x/app.db.party", "/tmp/x/app.db.party-cloudflare"]);
  });
});

describe("keys that .env.local lacks", () => {
  const { privateJwk, keySet } = makeTokenKeys();
  const all = {
    NEXTAUTH_SECRET: "given",
    PARTY_TOKEN_PRIVATE_JWK: JSON.stringify(privateJwk),
    PARTY_TOKEN_JWKS: JSON.stringify(keySet),
  };

  it.each(Object.keys(all))(
    "nothing is made where all are there, and %s where it lacks",
    (name) => {
      expect(missingKeys(all)).toEqual({});
      expect(Object.keys(missingKeys({ ...all, [name]: "" }))).toContain(name);
    },
  );

  it("the public set is that of the private key that is there", () => {
    const { PARTY_TOKEN_JWKS, ...rest } = missingKeys({ ...all, PARTY_TOKEN_JWKS: undefined });
    expect(rest).toEqual({});
    expect(JSON.parse(PARTY_TOKEN_JWKS)).toEqual(keySet);
  });

  it("a new private key comes with a set of its own: both sides agree again", () => {
    const made = missingKeys({ ...all, PARTY_TOKEN_PRIVATE_JWK: undefined });
    const { kid } = JSON.parse(made.PARTY_TOKEN_PRIVATE_JWK);
    expect(JSON.parse(made.PARTY_TOKEN_JWKS).keys.map((key) => key.kid)).toEqual([kid]);
  });

  it("a private key that cannot be read is named", () => {
    expect(() => missingKeys({ NEXTAUTH_SECRET: "s", PARTY_TOKEN_PRIVATE_JWK: "{" })).toThrow(
      /PARTY_TOKEN_PRIVATE_JWK is not/,
    );
  });
});

describe("what went wrong is told in one sentence", () => {
  it.each(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN"])("npm and %s", (code) => {
    const text = explain(`npm error code ${code}\nnpm error network request to https://x failed`);
    expect(text).toMatch(new RegExp(`registry cannot be reached \\(${code}\\)`));
    expect(text).not.toContain("\n");
  });

  it("a setting that the app or the party refuses, without the log around it", () => {
    expect(reasonIn("✓ Ready\n\nStopped: NEXTAUTH_SECRET is too short.")).toBe(
      "NEXTAUTH_SECRET is too short.",
    );
    const line = '{"event":"misconfigured","problem":"APP_ORIGINS holds \\"x\\"."}';
    expect(reasonIn(`The party is not healthy (status 503).\n${line}`)).toBe(
      'APP_ORIGINS holds "x".',
    );
    expect(reasonIn("Error: anything else")).toContain("anything else");
  });

  it.each(["nonsense", "postgres://u:secret@h/db", "file:", "file://host/app.db"])(
    "DATABASE_URL=%s, which is not repeated",
    (DATABASE_URL) => {
      expect(() => resolveConfig({ DATABASE_URL })).toThrow(
        /^DATABASE_URL is not a libSQL address/,
      );
      expect(() => resolveConfig({ DATABASE_URL })).not.toThrow(/secret/);
    },
  );
});

const occupied = async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const close = () => new Promise((resolve) => server.close(resolve));
  return { port: server.address().port, close };
};

describe("ports and places", () => {
  it("names a busy port, what wanted it, and the variable that moves it", async () => {
    const { port, close } = await occupied();
    await expect(requireFree(port, "PORT", "the app")).rejects.toThrow(
      new RegExp(`Port ${port} is in use.*PORT=`),
    );
    await close();
    expect(await isFree(await freePort())).toBe(true);
  });

  it("names a port that would do: free, and not the one that the party is to have", async () => {
    const { port, close } = await occupied();
    const party = [port + 1, port + 2];
    const { message } = await requireFree(port, "PORT", "the app", party).catch((error) => error);
    const named = Number(/PORT=(\d+)$/.exec(message)?.[1]);
    expect([port, ...party]).not.toContain(named);
    expect(await isFree(named)).toBe(true);
    await close();
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

it("stopping does not wait for the next restart", async () => {
  const said = [];
  let starts = 0;
  const dies = async () => {
    if (starts++ > 0) throw new Error("port busy");
    return { exited: Promise.resolve(1), stop: async () => {} };
  };
  const running = await supervise(dies, (line) => said.push(line), "The party");
  await expect.poll(() => said).toContain("The party ended; starting it again in 0.5 s");
  const before = starts;
  await running.stop();
  expect(starts).toBe(before);
});

describe.skipIf(process.platform === "win32")("nothing outlives what started it", () => {
  const url = (name) => JSON.stringify(new URL(name, import.meta.url).href);
  const module = (code) => ["--input-type=module", "--eval", code];
  const untilSaid = (stream, word) =>
    new Promise((resolve) => stream.on("data", (text) => String(text).includes(word) && resolve()));

  it("the app ends when the channel to its starter closes", async () => {
    const preload = new URL("end-with-starter.cjs", import.meta.url).pathname;
    const code = 'setInterval(() => {}, 1000); console.log("up");';
    const app = spawn(process.execPath, ["--require", preload, ...module(code)], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    await untilSaid(app.stdout, "up");
    app.disconnect();
    expect(await new Promise((resolve) => app.once("exit", (_, signal) => resolve(signal)))).toBe(
      "SIGTERM",
    );
  });

  it("a command hears that its parent, npm's shell, is gone", async () => {
    const code = `import { onParentGone } from ${url("processes.mjs")};
      setInterval(() => {}, 1000);
      onParentGone(() => { console.log("gone"); process.exit(); });
      console.log("up");`;
    const shell = spawn("sh", ["-c", '"$0" "$@" & wait', process.execPath, ...module(code)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await untilSaid(shell.stdout, "up");
    const gone = untilSaid(shell.stdout, "gone");
    shell.kill("SIGKILL");
    await gone;
  });
});
