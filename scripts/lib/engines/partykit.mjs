import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DATA, ROOT } from "../config.mjs";

const BIN = path.join(ROOT, "node_modules/partykit/dist/bin.mjs");
/** workerd refuses modules outside the folder it runs in, so the party is entered through a file there. */
const ENTRY = "party.mjs";

/** partykit's banner, its wrong idea of where it listens, and a line per request. */
export const CHATTER =
  /^(🎈|-+$|\s*$|Loading environment variables|Build succeeded|\[pk:inf\] (Ready on|- http|[A-Z]+ \/))/u;

/**
 * partykit looks for `.env` and `.env.local` upwards from where it runs and gives the party all of
 * it: run in the project's folder, the party would hold the app's private keys. So it runs in a
 * folder that holds both files, with the party's own variables and nothing else. It reloads what
 * changes whether asked to or not.
 */
export function launch({ port, stateDir, env, source }) {
  const folder = path.join(DATA, `party-${port}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lines = Object.entries(env).map(([name, value]) => `${name}=${quoted(name, value)}\n`);
  const main = JSON.stringify(path.join(source, "party/partykit.ts"));
  writeFileSync(path.join(folder, ENTRY), `export { default } from ${main};\n`);
  writeFileSync(path.join(folder, ".env"), "", { mode: 0o600 });
  writeFileSync(path.join(folder, ".env.local"), lines.join(""), { mode: 0o600 });
  const args = [
    BIN,
    "dev",
    ENTRY,
    ...["--config", path.join(ROOT, "partykit.json")],
    ...["--port", String(port)],
    ...["--persist", stateDir === null ? "false" : path.resolve(stateDir)],
    "--no-hotkeys",
    "--disable-request-cf-fetch",
  ];
  return { args, folder };
}

/** dotenv takes what stands between single quotes or backticks as it is. */
function quoted(name, value) {
  const quote = ["'", "`"].find((mark) => !value.includes(mark));
  if (!quote || /[\r\n]/.test(value))
    throw new Error(`${name} has characters that no file can hold`);
  return quote + value + quote;
}
