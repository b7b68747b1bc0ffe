import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ROOT } from "./config.mjs";
import { drainRooms, roomsOfLog } from "./drain.mjs";
import { engineOf } from "./engines/names.mjs";
import { isFree, requireFree } from "./ports.mjs";
import { eachLine } from "./processes.mjs";

// Shared with a preload, which has to be CommonJS; the loader of `npm run chaos` imports none.
const { DISCONNECTS } = createRequire(import.meta.url)("./engines/disconnects.cjs");

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 5_000;
const PRELOAD = path.join(ROOT, "scripts/lib/engines/loopback-only.cjs");

/**
 * Starts a party on 127.0.0.1 and resolves when its /health answers 200.
 * Rejects with a sentence for people: the port is busy, the code does not build, a setting is wrong.
 *
 * @param {object} options
 * @param {"partykit" | "cloudflare"} [options.engine] what it runs on; PARTY_ENGINE where nothing is said
 * @param {number} options.port
 * @param {string | null} options.stateDir folder of the rooms' storage; null keeps it in memory
 * @param {Record<string, string>} options.env the party's variables, and the only ones it gets
 * @param {(line: string) => void} [options.onLine] hears each line of its output
 * @param {Record<string, unknown>} [options.drainKey] the app's private key: with it `stop` first
 *   asks the rooms to send their people away (`drain`); the party itself never sees it
 * @param {boolean} [options.watch] reload it when its code changes
 * @param {string} [options.source] the folder with `party/` and `lib/`, the project's own by default
 * @returns {Promise<{
 *   port: number, pid: number,
 *   stop(): Promise<void>,
 *   kill(): Promise<void>,
 *   exited: Promise<number | null>,
 * }>} `stop` drains its rooms and ends it in order, `kill` at once (SIGKILL for the runtime too), `exited` gives its status
 */
export async function startParty({
  engine = engineOf(process.env.PARTY_ENGINE),
  port,
  stateDir,
  env,
  onLine = () => {},
  drainKey,
  watch = false,
  source = ROOT,
}) {
  await requireFree(port, "PARTY_PORT", "the party");
  if (stateDir !== null) mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const { CHATTER, launch } = await import(`./engines/${engine}.mjs`);
  const { args, folder, message } = launch({
    ...{ port, stateDir, watch, source },
    // Both engines, run locally, leave sockets open that a room has closed; party/loopback.ts closes them.
    env: { PARTY_RELAY: "1", ...env },
  });
  const child = spawn(process.execPath, ["--require", PRELOAD, ...args], {
    cwd: folder,
    env: quietEnvironment(),
    // A group of its own, so that one signal reaches the runtime too, wherever it hangs.
    detached: process.platform !== "win32",
    // The preload ends the party when this channel closes: it never outlives its starter.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });

  if (message) child.send(message);

  const recent = [];
  const { rooms, hear: noteRoom } = roomsOfLog();
  const hear = (heard) => {
    if (CHATTER.test(heard) || DISCONNECTS.test(heard)) return;
    const line = heard.replace("//0.0.0.0:", "//127.0.0.1:");
    noteRoom(line);
    recent.push(line);
    if (recent.length > 40) recent.shift();
    onLine(line);
  };
  eachLine(child.stdout, hear);
  eachLine(child.stderr, hear);

  let ended = false;
  const exited = new Promise((resolve) => {
    const end = async (status) => {
      ended = true;
      signalGroup(child, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
      // Processes and their sockets outlive the signal by a moment; a restart must not stumble over them.
      for (let tries = 0; tries < 100 && (groupLives(child) || !(await isFree(port))); tries++) {
        await wait(20);
      }
      resolve(status);
    };
    child.once("exit", end);
    child.once("error", () => end(null));
  });
  const kill = async () => {
    signalGroup(child, "SIGKILL");
    await exited;
  };
  const stop = async () => {
    if (ended) return;
    if (drainKey) {
      const issuer = env.APP_ORIGINS.split(",")[0].trim();
      await drainRooms({ port, rooms, privateJwk: drainKey, issuer });
    }
    child.kill("SIGTERM");
    const late = wait(STOP_WITHIN_MS, "late", { ref: false });
    if ((await Promise.race([exited, late])) === "late") await kill();
  };

  const problem = await untilReady(port, () => ended, recent);
  if (!problem) return { port, pid: child.pid, stop, kill, exited };
  await kill();
  throw new Error([problem, ...recent].join("\n"));
}

/** Only what a process needs to run: no key of the app, no question to the registry. */
function quietEnvironment() {
  const names = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE", "LANG"];
  const env = { NO_UPDATE_NOTIFIER: "1", NO_COLOR: "1", FORCE_COLOR: "0", CI: "1" };
  for (const name of names) if (process.env[name]) env[name] = process.env[name];
  return env;
}

function signalGroup(child, signal) {
  try {
    if (process.platform === "win32") child.kill(signal);
    else if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // Nothing of the group is left.
  }
}

/** A killed process stays in its group until the system has cleared it away. */
function groupLives(child) {
  if (process.platform === "win32" || !child.pid) return false;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}

/** Waits for /health; gives back what is wrong, or null. */
async function untilReady(port, hasEnded, recent) {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (hasEnded()) return "The party ended while starting.";
    if (recent.some((line) => line.includes("Build failed"))) return "The party does not build.";
    const status = await fetch(`http://127.0.0.1:${port}/health`, {
      signal: AbortSignal.timeout(2_000),
    }).then(
      async (answer) => (await answer.arrayBuffer(), answer.status),
      () => 0,
    );
    if (status === 200) return null;
    if (status !== 0) {
      // The line that names the variable comes by another way, and may be later.
      const named = () => recent.some((line) => line.includes('"event":"misconfigured"'));
      for (let tries = 0; tries < 100 && !named() && !hasEnded(); tries++) await wait(50);
      return `The party is not healthy (status ${status}).`;
    }
    await wait(50);
  }
  return `The party did not answer on port ${port} within ${READY_WITHIN_MS / 1000} s.`;
}
