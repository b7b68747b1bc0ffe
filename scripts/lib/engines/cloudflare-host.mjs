import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "../config.mjs";

/**
 * Serves `wrangler.json`'s worker on 127.0.0.1, on the engine that `wrangler dev` runs on, without
 * its command: that adds a second runtime in front, and asks the network for news of itself.
 */
const fromHere = createRequire(import.meta.url);
// Of the version that wrangler names, whatever else is installed beside it.
const fromWrangler = createRequire(fromHere.resolve("wrangler/package.json"));
const { Miniflare } = fromWrangler("miniflare");
const esbuild = fromWrangler("esbuild");

const config = JSON.parse(readFileSync(path.join(ROOT, "wrangler.json"), "utf8"));
const [{ port, stateDir, env, watch, source }] = await once(process, "message");

const durableObjects = Object.fromEntries(
  config.durable_objects.bindings.map(({ name, class_name: className }) => [
    name,
    {
      className,
      useSQLite: config.migrations.some((one) => one.new_sqlite_classes?.includes(className)),
    },
  ]),
);
const optionsFor = (script) => ({
  name: config.name,
  host: "127.0.0.1",
  port,
  cf: false,
  modules: true,
  script,
  compatibilityDate: config.compatibility_date,
  compatibilityFlags: config.compatibility_flags,
  bindings: env,
  durableObjects,
  durableObjectsPersist: stateDir ?? false,
});

let engine;
async function serve({ errors, outputFiles }) {
  if (errors.length > 0) return;
  const options = optionsFor(outputFiles[0].text);
  if (engine) await engine.setOptions(options);
  else engine = new Miniflare(options);
  await engine.ready;
}

const context = await esbuild.context({
  entryPoints: [path.join(source, config.main)],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2024",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*"],
  sourcemap: "inline",
  logLevel: "error",
  plugins: [{ name: "serve", setup: (build) => build.onEnd(serve) }],
});
process.once("SIGTERM", async () => {
  await engine?.dispose();
  process.exit(0);
});
if (watch) await context.watch();
else {
  await context.rebuild();
  await context.dispose();
}
