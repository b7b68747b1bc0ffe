import { parseArgs } from "node:util";
import { createServer } from "vite";
import { ROOT } from "../scripts/lib/config.mjs";
import { takeEngine } from "../scripts/lib/engines/names.mjs";

/**
 * People talk in real rooms while an adversary kills, freezes, cuts and starves, and then every
 * promise about what they said is checked against everything that anybody was told:
 * `npm run chaos -- --seconds 600 --seed 7`. The seed makes the same faults again; the log stays in
 * `.guestlist/history`, and `--log FILE` checks one again. `--engine cloudflare` is the other shell.
 */
const { values } = parseArgs({
  args: takeEngine(process.argv.slice(2), process.env),
  options: {
    seconds: { type: "string", default: "600" },
    seed: { type: "string" },
    log: { type: "string" },
  },
});

const vite = await createServer({
  root: ROOT,
  configFile: false,
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true },
  resolve: { alias: { "server-only": `${ROOT}/scripts/lib/empty.mjs` } },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
const { main } = await vite.ssrLoadModule("/bench/history/main.ts");
const status = await main(values);
await vite.close();
process.exit(status);
