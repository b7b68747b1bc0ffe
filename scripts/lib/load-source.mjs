import path from "node:path";
import { createJiti } from "jiti";
import { ROOT } from "./config.mjs";

/**
 * Not the bundler of the tests, nor Node's own reading of types, which Node 20 has not: the commands
 * of an operator run where only what is shipped is installed.
 */
const jiti = createJiti(import.meta.url, {
  // The folder of a deployment may be read-only.
  fsCache: false,
  alias: {
    "@/": `${ROOT}/`,
    // Next's marker package throws outside a server bundle; a command is none.
    "server-only": path.join(ROOT, "scripts/lib/empty.mjs"),
  },
});

/**
 * Loads TypeScript of the project into a command: the checks that either side makes at start, or a
 * part of the app's server side, for which the environment has to be the app's by then.
 * @param {string} file from the project's folder, like "lib/env/party.ts"
 */
export const loadSource = (file) => jiti.import(path.join(ROOT, file));
