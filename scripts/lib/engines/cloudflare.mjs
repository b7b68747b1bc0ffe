import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { DATA, ROOT } from "../config.mjs";

const HOST = path.join(ROOT, "scripts/lib/engines/cloudflare-host.mjs");

/** The host's own sentences and those of the party are all there is to hear. */
export const CHATTER = /^\s*$/;

/** What the host is told goes through its channel: it is in no file and in no list of processes. */
export function launch({ port, stateDir, env, watch, source }) {
  const folder = path.join(DATA, `party-${port}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const storage = stateDir === null ? null : path.resolve(stateDir);
  return { args: [HOST], folder, message: { port, stateDir: storage, env, watch, source } };
}
