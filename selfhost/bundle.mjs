import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Makes `selfhost/out/party.js`: what wrangler would upload of `wrangler.json`'s worker, as one file. */
const here = path.dirname(fileURLToPath(import.meta.url));
const fromHere = createRequire(import.meta.url);
const { build } = createRequire(fromHere.resolve("wrangler/package.json"))("esbuild");

await build({
  entryPoints: [path.join(here, "../party/cloudflare.ts")],
  outfile: path.join(here, "out/party.js"),
  bundle: true,
  format: "esm",
  target: "es2024",
  conditions: ["workerd", "worker", "browser"],
  external: ["cloudflare:*"],
  logLevel: "error",
});
