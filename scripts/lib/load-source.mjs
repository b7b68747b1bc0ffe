import path from "node:path";
import { createServer } from "vite";
import { ROOT } from "./config.mjs";

/**
 * Loads TypeScript of the project into a command: the same checks that either side makes at start.
 * @param {string[]} files from the project's folder, like "lib/env/party.ts"
 */
export async function loadSources(...files) {
  const vite = await createServer({
    root: ROOT,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    // The marker package throws outside of Next's server bundle.
    resolve: { alias: { "server-only": path.join(ROOT, "scripts/lib/empty.mjs") } },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  try {
    return await Promise.all(files.map((file) => vite.ssrLoadModule(`/${file}`)));
  } finally {
    await vite.close();
  }
}
