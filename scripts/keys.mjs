import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DATA, ENV_FILE, ROOT } from "./lib/config.mjs";
import { addToEnvFile, changeInEnvFile, readEnvFile } from "./lib/env-file.mjs";
import { makeSecret, makeTokenKeys, retired, rotated } from "./lib/keys.mjs";
import { bold, dim, run, say, Stop } from "./lib/say.mjs";

const PRIVATE = "PARTY_TOKEN_PRIVATE_JWK";
const SET = "PARTY_TOKEN_JWKS";
/** When the key that signs was made; only this command reads it. */
const ROTATED_AT = "PARTY_TOKEN_ROTATED_AT";
/** How long a token may be presented after its key signed last, by two clocks that differ. */
export const OLD_TOKENS_LIVE_MS = 140_000;
const USAGE =
  "Say what to do: npm run keys show, npm run keys rotate, npm run keys retire, or npm run keys preview.";
export const PREVIEW_FILE = path.join(DATA, "deploy", "preview.env");
const FORCE =
  "Where the old key must go at once, and its tokens with it: npm run keys retire -- --now";
const here = (file) => path.relative(ROOT, file) || file;

/**
 * `npm run keys show|rotate|retire`: the keys of party tokens, in `.env.local` or another `--file`.
 * `npm run keys preview`: makes those of all previews (docs/DEPLOY.md).
 * @param {{now?: number, force?: boolean}} [options] `force`: retire a key that may have signed
 *   tokens which live
 */
export function keys(command, file = ENV_FILE, { now = Date.now(), force = false } = {}) {
  if (command === "show") return show(read(file));
  if (command === "rotate") return rotate(file, now);
  if (command === "retire") return retire(file, now, force);
  if (command === "preview") return preview(file === ENV_FILE ? PREVIEW_FILE : file);
  throw new Stop(USAGE);
}

function show(pair) {
  say(bold("Keys of party tokens"));
  for (const { kid } of pair.keySet.keys) {
    say(`  ${kid}  ${kid === pair.privateJwk.kid ? "signs" : dim("previous, still accepted")}`);
  }
  say(`\n${bold(SET)} ${dim("(public: for the party, and the app)")}`);
  say(JSON.stringify(pair.keySet));
}

/** Previews run what nobody has reviewed: their key opens no room of the app itself. */
function preview(file) {
  if (!existsSync(file)) {
    const { privateJwk, keySet } = makeTokenKeys();
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const made = {
      NEXTAUTH_SECRET: makeSecret(),
      [PRIVATE]: JSON.stringify(privateJwk),
      [SET]: JSON.stringify(keySet),
    };
    addToEnvFile(file, made, "Of all previews. Never commit or share these.");
    say(`Made ${here(file)}: add DATABASE_URL and DATABASE_AUTH_TOKEN of another database, and
PARTY_HOST; then npm run deploy -- --app … --party … --only previews gives it to Vercel.`);
  }
  say(`\n${bold("PARTY_PREVIEW_JWKS")} ${dim("(public: for the party)")}`);
  say(JSON.stringify(read(file).keySet));
}

function rotate(file, now) {
  const before = read(file);
  if (before.keySet.keys.length > 1) {
    throw new Stop("There is a previous key still: npm run keys retire takes it out first.");
  }
  const after = rotated(before);
  write(file, after, { [ROTATED_AT]: new Date(now).toISOString() });
  say(`A new key signs: ${after.privateJwk.kid}`);
  say(`The old one is accepted still: ${before.privateJwk.kid}`);
  say(`Both are in ${here(file)}. ${bold("On this machine:")} start again, and it is done.

${bold("In a deployment,")} in this order, so that no token meets a party that does not know its key:
  1. Party: set ${SET} as npm run keys show prints it. Skip this where ${SET}
     of the party is the address of the app's /.well-known/jwks.json: it finds the new key itself,
     and no connection is cut.
  2. App: set ${SET}, wait until every instance has it, then set
     ${PRIVATE} from ${here(file)}.
  3. Two minutes after that: npm run keys retire.`);
}

function retire(file, now, force) {
  const before = read(file);
  const gone = before.keySet.keys.filter(({ kid }) => kid !== before.privateJwk.kid);
  if (gone.length === 0) throw new Stop("There is no previous key.");
  if (!force) refuseTooEarly(file, now);
  write(file, retired(before));
  for (const { kid } of gone) say(`Taken out: ${kid}`);
  say(`${bold("On this machine:")} start again, and it is done.
${bold("In a deployment:")} set ${SET} as npm run keys show prints it, on the app, and on the party
where it holds keys and not an address. Not earlier than two minutes after the app's last instance
has signed with the old key: until then one of its tokens may be on its way.`);
}

/** Taken out any earlier, the old key would take living tokens with it. */
function refuseTooEarly(file, now) {
  const rotatedAt = Date.parse(readEnvFile(file)[ROTATED_AT] ?? "");
  if (Number.isNaN(rotatedAt)) {
    throw new Stop(`When the keys were rotated is not known: ${ROTATED_AT} is not in ${here(file)}.
${FORCE}`);
  }
  const seconds = Math.ceil((rotatedAt + OLD_TOKENS_LIVE_MS - now) / 1000);
  if (seconds > 0) {
    throw new Stop(`Too early: the old key may have signed tokens that live. Again in ${seconds} s.
${FORCE}`);
  }
}

function read(file) {
  if (!existsSync(file)) throw new Stop(`There is no ${here(file)}: npm start makes one.`);
  for (const name of [PRIVATE, SET]) {
    // The environment wins over the file, so a change of the file would change nothing.
    if (process.env[name]) throw new Stop(`${name} is set in the environment: unset it first.`);
  }
  const env = readEnvFile(file);
  try {
    const privateJwk = JSON.parse(env[PRIVATE]);
    const keySet = JSON.parse(env[SET]);
    if (keySet.keys.some(({ kid }) => kid === privateJwk.kid)) return { privateJwk, keySet };
  } catch {
    // Told below: missing and damaged keys are mended the same way.
  }
  throw new Stop(`${PRIVATE} and ${SET} in ${here(file)} do not fit: npm start mends that.`);
}

function write(file, { privateJwk, keySet }, more = {}) {
  const pair = { [PRIVATE]: JSON.stringify(privateJwk), [SET]: JSON.stringify(keySet) };
  changeInEnvFile(file, { ...pair, ...more });
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [command, ...flags] = process.argv.slice(2);
  const at = flags.indexOf("--file");
  await run(async () => {
    if (at >= 0 && !flags[at + 1]) throw new Stop("--file needs the name of one.");
    const file = at < 0 ? ENV_FILE : path.resolve(flags[at + 1]);
    keys(command, file, { force: flags.includes("--now") });
  });
}
