import { checkNode } from "./lib/node-version.mjs";
import { isMain } from "./lib/processes.mjs";
import { run, say, Stop } from "./lib/say.mjs";
import { placesOf } from "./doctor/places.mjs";
import { isHealthy, lineOf, summaryOf } from "./doctor/table.mjs";

const USAGE = `npm run doctor -- <app> <party> [--json] [--email <address> --password-stdin]

  <app>     the app's address, like https://app.example.com
  <party>   the party's host, like party.example.com

Looks at a deployed pair as a visitor would: transport, headers, health, keys, doors, clocks, and a whole
visit with a throw-away account, which it deletes. Ends with status 1 where something is ill.

  --json             one JSON object in place of the table
  --email <address>  an account of yours, where nobody may sign up; or DOCTOR_EMAIL, DOCTOR_PASSWORD
  --password-stdin   its password is the first line of the standard input`;

/** What the words of the command ask for. Pure but for `stdin`, which is read where it is named. */
export async function readOrder(words, { env = process.env, readStdin = readFirstLine } = {}) {
  const places = [];
  const order = { json: false, help: false, account: null };
  let email = env.DOCTOR_EMAIL;
  let fromStdin = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === "--json") order.json = true;
    else if (word === "--help" || word === "-h") order.help = true;
    else if (word === "--email") email = words[++i];
    else if (word === "--password-stdin") fromStdin = true;
    // In the list of processes everybody on the machine could read it.
    else if (word.startsWith("--password"))
      throw new Stop("Give the password by --password-stdin.");
    else if (word.startsWith("-")) throw new Stop(`${word} is not known.\n\n${USAGE}`);
    else places.push(word);
  }
  if (order.help) return order;
  if (places.length !== 2) throw new Stop(`Name the app and the party.\n\n${USAGE}`);
  const password = fromStdin ? await readStdin() : env.DOCTOR_PASSWORD;
  if (Boolean(email) !== Boolean(password)) {
    throw new Stop("An account needs both: --email with --password-stdin.");
  }
  if (email) order.account = { email, password };
  return { ...order, ...placesOf(places[0], places[1]) };
}

async function readFirstLine() {
  let text = "";
  for await (const part of process.stdin) text += part;
  return text.split(/\r?\n/)[0];
}

/** @returns {Promise<boolean>} whether everything is well */
export async function doctor(order) {
  const { examine } = await import("./doctor/examine.mjs");
  const { json, app, party, account } = order;
  if (!json) say(`${app} and ${party.host}\n`);
  const stop = new AbortController();
  // The throw-away account goes before we do; a second Ctrl-C does not wait for that.
  process.once("SIGINT", () => stop.abort());
  const onFinding = json ? undefined : (finding) => say(lineOf(finding));
  const findings = await examine({ app, party, account }, { onFinding, signal: stop.signal });
  const ok = isHealthy(findings);
  say(
    json
      ? JSON.stringify({ app, party: party.host, ok, checks: findings }, null, 2)
      : `\n${summaryOf(findings)}`,
  );
  return ok;
}

if (isMain(import.meta.url)) {
  await run(async () => {
    checkNode();
    const order = await readOrder(process.argv.slice(2));
    if (order.help) return say(USAGE);
    process.exit((await doctor(order)) ? 0 : 1);
  });
}
