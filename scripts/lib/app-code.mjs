import path from "node:path";
import { ROOT } from "./config.mjs";

/**
 * Loads a module of the app's server side, TypeScript and all, into a command. The environment must
 * be the app's by then.
 */
export async function loadAppCode(file) {
  const { runnerImport } = await import("vite");
  const { module } = await runnerImport(path.join(ROOT, file), {
    root: ROOT,
    configFile: false,
    logLevel: "error",
    resolve: {
      alias: {
        "@": ROOT,
        // Next's marker package throws outside a server bundle; a command is none.
        "server-only": path.join(ROOT, "scripts/lib/empty.mjs"),
      },
    },
  });
  return module;
}
