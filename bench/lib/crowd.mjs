import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { each } from "./people.mjs";
import { clientCores, pin } from "./system.mjs";

const PROCESS = fileURLToPath(new URL("crowd-process.mjs", import.meta.url));

/**
 * A process full of clients of a peer: `tell(command, options)` resolves to what it answers. All
 * peers are measured by the same one.
 */
export async function crowdOf(peer) {
  const child = fork(PROCESS, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  pin(child.pid, clientCores);
  const waiting = new Map();
  let serial = 0;
  child.on("message", ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(`${peer.name}: ${error}`));
    else resolve(result);
  });
  const tell = (command, options = {}) =>
    new Promise((resolve, reject) => {
      const id = serial++;
      waiting.set(id, { resolve, reject });
      child.send({ id, command, options });
    });
  await tell("setUp", { dialect: peer.dialect, port: peer.port });
  return {
    tell,
    /** Brings so many people in, of whom the first few talk. */
    async connect(people, talkers = 0, prefix = "p") {
      const names = Array.from({ length: people }, (_, index) => `${prefix}${index}`);
      const AT_ONCE = 200;
      for (let at = 0; at < people; at += AT_ONCE) {
        const tokens = await tokensFor(peer, names.slice(at, at + AT_ONCE));
        await tell("connect", { tokens, talkers: Math.max(0, talkers - at) });
      }
    },
    stop: () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      return gone;
    },
  };
}

export const tokensFor = (peer, names, options) =>
  each(names, (name) => peer.token(name, options), 8);
