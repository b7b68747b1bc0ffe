import { spawn } from "node:child_process";
import path from "node:path";
import { ROOT } from "./config.mjs";
import { eachLine } from "./processes.mjs";

const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 10_000;
const PRELOAD = path.join(ROOT, "scripts/lib/end-with-starter.cjs");
/** Next names the interface it listens on; people sign in at NEXTAUTH_URL, and nowhere else. */
const MISLEADING = /^\s*- (Local|Network):/;

/**
 * Starts Next, from its production build or (`dev`) with hot reload, on the loopback interface.
 * Resolves once it answers; rejects with its last lines if it ends before.
 * Resolves to `{pid, stop, kill, exited}`: `stop` asks politely and gives the exit status, `kill` does not, `exited` is a
 * promise of the exit status.
 */
export async function startApp({ port, env, mode = "start", onLine = () => {} }) {
  const last = [];
  const child = spawn(
    process.execPath,
    [
      "--require",
      PRELOAD,
      path.join(ROOT, "node_modules/next/dist/bin/next"),
      mode,
      "--port",
      String(port),
      "--hostname",
      "127.0.0.1",
    ],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        ...env,
        NODE_ENV: mode === "dev" ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
      },
      // The preload ends the app when this channel closes: it never outlives its starter.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    eachLine(stream, (line) => {
      last.push(line);
      if (last.length > 40) last.shift();
      if (!MISLEADING.test(line)) onLine(line);
    });
  }
  let ended = false;
  const exited = new Promise((resolve) =>
    child.once("close", (status) => {
      ended = true;
      resolve(status ?? 1);
    }),
  );
  const kill = async () => {
    if (!ended) child.kill("SIGKILL");
    await exited;
  };
  const stop = async () => {
    if (!ended) child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    const status = await exited;
    clearTimeout(timer);
    return status;
  };
  const ready = async () => {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!ended && Date.now() < deadline) {
      const answer = await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`).catch(
        () => null,
      );
      if (answer?.ok) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  };
  if (!(await ready())) {
    await kill();
    throw new Error(last.join("\n") || "Next ended without a word.");
  }
  return { pid: child.pid, stop, kill, exited };
}
