import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startParty } from "../../scripts/lib/party-process.mjs";
import { freePort } from "../../scripts/lib/ports.mjs";
import { pin, serverCores } from "./system.mjs";
import { ISSUER, keySet, partyToken, SECRET, sharedSecretToken } from "./tokens.mjs";

const BENCH = path.resolve(fileURLToPath(import.meta.url), "../..");
const PRELOAD = path.join(BENCH, "../scripts/lib/engines/loopback-only.cjs");
const READY_WITHIN_MS = 30_000;

/** Everything that is measured: how it is started, spoken to, and what it does for its pay. */
export const PEERS = {
  ws: {
    label: "bare `ws`",
    dialect: "plain",
    start: () => node("ws"),
    token: async () => "",
  },
  "socket-io": {
    label: "Socket.IO with JWT",
    dialect: "socketIo",
    start: () => node("socket-io"),
    token: sharedSecretToken,
  },
  socketcluster: {
    label: "SocketCluster with its token",
    dialect: "socketCluster",
    start: () => node("socketcluster"),
    token: sharedSecretToken,
  },
  "partykit-bare": {
    label: "bare PartyKit room",
    dialect: "partykit",
    start: () => partykit("partykit-bare"),
    token: async () => "",
  },
  "partykit-least": {
    label: "the least PartyKit room with the same promises",
    dialect: "partykit",
    start: () => partykit("partykit-least", { onDisk: true }),
    token: async () => "",
    /** The one row it is measured for. */
    only: "latency",
  },
  "partykit-guide": {
    label: "PartyKit guide's pattern",
    dialect: "partykitToken",
    start: () => partykit("partykit-guide"),
    token: partyToken,
  },
  linode: {
    label: "Linode's pattern",
    dialect: "queryToken",
    start: () => node("linode"),
    token: sharedSecretToken,
  },
  guestlist: {
    label: "**this project, as deployed**",
    dialect: "guestlist",
    start: () => guestlist(),
    token: partyToken,
  },
  "guestlist-local": {
    label: "**this project, through the local runner's relay**",
    dialect: "guestlist",
    start: () => guestlist({ relay: true }),
    token: partyToken,
  },
};

/** What is judged: the room as a host runs it. */
export const OURS = "guestlist";
export const isOurs = (name) => name.startsWith(OURS);

/** Starts one of them, pinned; `{port, pid, stop()}`. */
export async function startPeer(name) {
  const server = await PEERS[name].start();
  pin(server.pid, serverCores);
  return Object.assign(server, { name, ...PEERS[name] });
}

async function listening(port, child) {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const open = await new Promise((resolve) => {
      const socket = net.connect({ port, host: "127.0.0.1" });
      socket.once("connect", () => (socket.destroy(), resolve(true)));
      socket.once("error", () => resolve(false));
    });
    if (open) return;
    await wait(50);
  }
  throw new Error(`A peer did not start on port ${port}.`);
}

async function run(args, env, port, cwd = BENCH) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
  await listening(port, child);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
    await exited;
  };
  return { port, pid: child.pid, stop };
}

async function node(name) {
  const port = await freePort();
  return run([path.join(BENCH, `peers/${name}.mjs`)], { PORT: String(port), SECRET }, port);
}

/** A room on `partykit dev`, its storage in memory unless it is said to be on the disk. */
async function partykit(name, { onDisk = false } = {}) {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "bench-party-"));
  const room = JSON.stringify(path.join(BENCH, `peers/${name}.mjs`));
  writeFileSync(path.join(folder, "party.mjs"), `export { default } from ${room};\n`);
  const config = { name: "peer", main: "party.mjs", compatibilityDate: "2024-07-18" };
  writeFileSync(path.join(folder, "partykit.json"), JSON.stringify(config));
  const bin = path.join(BENCH, "node_modules/partykit/dist/bin.mjs");
  const quiet = ["--no-hotkeys", "--disable-request-cf-fetch"];
  const vars = { PUBLIC_JWK: JSON.stringify(keySet.keys[0]), ISSUER };
  writeFileSync(path.join(folder, ".env"), "");
  const lines = Object.entries(vars).map(([key, value]) => `${key}='${value}'\n`);
  writeFileSync(path.join(folder, ".env.local"), lines.join(""));
  const server = await run(
    [
      "--require",
      PRELOAD,
      bin,
      "dev",
      "party.mjs",
      "--port",
      String(port),
      "--persist",
      onDisk ? path.join(folder, "state") : "false",
    ].concat(quiet),
    { CI: "1", NO_UPDATE_NOTIFIER: "1" },
    port,
    folder,
  );
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What benches raise; `npm run check:load` runs with the limits as shipped. */
export const RAISED = {
  LIMIT_MESSAGES_PER_SECOND: "10000",
  LIMIT_MESSAGES_PER_MINUTE: "600000",
  LIMIT_CONNECTIONS_PER_ROOM: "20000",
};

/**
 * This project's party with everything on, its rooms on the disk.
 * `relay`: sockets go through the gate, as they must with the engines' local runners (party/loopback.ts)
 * and never do on a host.
 */
export async function guestlist({ relay = false, limits = RAISED } = {}) {
  const port = await freePort();
  const stateDir = mkdtempSync(path.join(tmpdir(), "bench-rooms-"));
  const log = [];
  const start = () =>
    startParty({
      port,
      stateDir,
      env: {
        PARTY_TOKEN_JWKS: JSON.stringify(keySet),
        APP_ORIGINS: ISSUER,
        ...limits,
        PARTY_RELAY: relay ? "1" : "0",
      },
      onLine: (line) => log.push(line),
    });
  let party = await start();
  return {
    port,
    get pid() {
      return party.pid;
    },
    stateDir,
    log,
    kill: () => party.kill(),
    /** Again, after a kill, with the rooms it had. */
    async restart() {
      party = await start();
      pin(party.pid, serverCores);
    },
    async stop() {
      await party.kill();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** The versions of everything in the tables. */
export function versions() {
  const require = createRequire(path.join(BENCH, "package.json"));
  const of = (name) => {
    for (const folder of require.resolve.paths(name) ?? []) {
      try {
        return JSON.parse(readFileSync(path.join(folder, name, "package.json"), "utf8")).version;
      } catch {
        // In another folder, then.
      }
    }
    return "missing";
  };
  const names = ["ws", "socket.io", "socketcluster-server", "partykit", "workerd", "jsonwebtoken"];
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}
