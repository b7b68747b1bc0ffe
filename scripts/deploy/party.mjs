import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "../lib/config.mjs";
import { Stop } from "../lib/say.mjs";
import { refuseSecrets } from "./check.mjs";

/** The one that vite brings. */
const esbuild = createRequire(createRequire(import.meta.url).resolve("vite"))("esbuild");
const SHARED_HOSTS = /\.(workers\.dev|partykit\.dev)$/;
/** Of the party's variables the one that is secret: not shown to others on the account. */
const PARTY_SECRETS = ["PARTY_API_KEY"];

/**
 * A folder that holds what the party's command may see and nothing else. An empty `.env` in it ends
 * partykit's search upwards, and it inlines what it finds into the script that it uploads.
 */
function cleanFolder(parent) {
  const folder = path.join(parent, "party");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of [".env", ".env.local"]) put(folder, name, "");
  return folder;
}

const put = (folder, name, content) =>
  writeFileSync(
    path.join(folder, name),
    typeof content === "string" ? content : JSON.stringify(content, null, 2),
    { mode: 0o600 },
  );
const configOf = (name) => JSON.parse(readFileSync(path.join(ROOT, name), "utf8"));
const domain = (host) => (SHARED_HOSTS.test(host) ? [] : ["--domain", host]);

/**
 * @typedef {object} Prepared
 * @property {string} folder
 * @property {{file: string, args: string[], cwd: string, logins: RegExp}} command
 * @property {() => Promise<string>} bundle the script that the command is going to upload
 */

/** @type {Record<string, (options: any) => Prepared>} */
export const ENGINES = {
  partykit({ name, host, values, parent }) {
    const { compatibilityDate } = configOf("partykit.json");
    const folder = cleanFolder(parent);
    const main = path.join(ROOT, entryOf("partykit.json", "main"));
    put(folder, "main.mjs", `export { default } from ${JSON.stringify(main)};\n`);
    // In a file, not as words of the command, which everybody on the machine can read.
    put(folder, "partykit.json", { name, main: "main.mjs", compatibilityDate, vars: values });
    const args = ["deploy", "--config", "partykit.json", "--with-vars", ...domain(host)];
    return {
      folder,
      command: { file: "partykit", args, cwd: folder, logins: /^(PARTYKIT|CLOUDFLARE)_/ },
      bundle: () => bundleOf(path.join(folder, "main.mjs")),
    };
  },

  cloudflare({ name, host, values, parent }) {
    const folder = cleanFolder(parent);
    const { $schema: _schema, main, ...config } = configOf("wrangler.json");
    const secret = (given) => PARTY_SECRETS.includes(given);
    const pick = (fits) => Object.fromEntries(Object.entries(values).filter(([key]) => fits(key)));
    put(folder, "wrangler.json", {
      ...config,
      name,
      main: path.join(ROOT, main),
      vars: pick((key) => !secret(key)),
    });
    const args = ["deploy", "--config", "wrangler.json"];
    const secrets = pick(secret);
    if (Object.keys(secrets).length > 0) {
      put(folder, "secrets.json", secrets);
      args.push("--secrets-file", "secrets.json");
    }
    return {
      folder,
      command: {
        file: "wrangler",
        args: [...args, ...domain(host)],
        cwd: folder,
        logins: /^(CLOUDFLARE|WRANGLER)_/,
      },
      bundle: () => bundleOf(path.join(ROOT, main)),
    };
  },
};

const entryOf = (file, field) => configOf(file)[field];

/** Bundles as both commands do; what it reads from the environment is not there yet. */
async function bundleOf(entry) {
  const { outputFiles } = await esbuild
    .build({
      ...{ entryPoints: [entry], bundle: true, write: false, format: "esm", target: "esnext" },
      conditions: ["partykit", "workerd", "worker", "browser"],
      external: ["cloudflare:*", "node:*"],
      logLevel: "silent",
    })
    .catch((error) => {
      throw new Stop(`The party does not build.\n${error.message}`);
    });
  return outputFiles.map(({ text }) => text).join("\n");
}

/**
 * Looks through everything that the command could send, the variables aside: the bundle, and each
 * file of the folder but those two that hold the variables.
 * @throws Stop
 */
export async function searchForSecrets({ folder, bundle }, secrets) {
  const text = await bundle();
  refuseSecrets("the party's script", text, secrets);
  for (const name of readdirSync(folder)) {
    const content = readFileSync(path.join(folder, name), "utf8");
    refuseSecrets(`the party's ${name}`, content, secrets);
    if (name.startsWith(".env") && content !== "") {
      throw new Stop(`${name} in the party's folder is not empty: its command would send it.`);
    }
  }
  return Buffer.byteLength(text);
}

/** An engine that this copy of the project has. @throws Stop */
export function engineOf(name) {
  if (!(name in ENGINES)) throw new Stop(`--engine ${name} is not known: partykit or cloudflare.`);
  const file = name === "partykit" ? "partykit.json" : "wrangler.json";
  if (!existsSync(path.join(ROOT, file))) throw new Stop(`There is no ${file}, so no ${name}.`);
  return ENGINES[name];
}
