import path from "node:path";
import { ROOT } from "./lib/config.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { isMain } from "./lib/processes.mjs";
import { bold, dim, run, say, step, Stop } from "./lib/say.mjs";

const USAGE = `npm run deploy -- --app <address> --party <host> [options]

  --app <address>    where the app will be, like https://guestlist.example.com
  --party <host>     where the party will be, like guestlist.me.workers.dev or party.example.com

  --engine <name>    cloudflare (your own account, the free plan will do) or partykit
  --name <name>      of the project at either host; guestlist
  --only <side>      party, app, or previews (what Vercel gives to previews of the app)
  --dry-run          makes the keys, checks everything, and says what it would run
  --no-migrate       the database has its tables already
  --no-doctor        does not look at the pair afterwards
  --button           prints Vercel's button for your copy of the repository, and does nothing else

What it cannot do: sign you in (wrangler login, vercel login), and make the database. See docs/DEPLOY.md.`;

const PARTYKIT_CLOSED =
  "PartyKit's managed host takes no new projects since June 2026: it works for one that you have there, or with a domain of yours (--party party.example.com, CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN, Workers Paid; the token goes through PartyKit's servers). Else: --engine cloudflare";
const REMEDY = {
  partykit: `Sign in (npx partykit login) and try again. ${PARTYKIT_CLOSED}`,
  cloudflare:
    "Sign in (npx wrangler login, or CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID) and try again; a new account first needs its workers.dev name, or --party a name in a zone of yours.",
  vercel:
    "Sign in (vercel login, or VERCEL_TOKEN) and try again; what is done already is not undone.",
};

/** What the words of the command ask for. */
export function readOrder(words) {
  const order = { engine: "cloudflare", name: "guestlist", only: null };
  const flags = {
    "--dry-run": "dryRun",
    "--no-migrate": "noMigrate",
    "--no-doctor": "noDoctor",
    "--button": "button",
    "--help": "help",
  };
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift();
    if (word in flags) order[flags[word]] = true;
    else if (/^--(app|party|engine|name|only)$/.test(word) && rest.length > 0) {
      order[word.slice(2)] = rest.shift();
    } else throw new Stop(`${word} is not known.\n\n${USAGE}`);
  }
  if (order.help) return order;
  if (!order.button && (!order.app || !order.party))
    throw new Stop(`Say where both will be.\n\n${USAGE}`);
  if (!/^[a-z0-9][a-z0-9-]{0,50}$/.test(order.name)) {
    throw new Stop(`--name ${order.name} is none: small letters, digits and hyphens.`);
  }
  if (order.only && !["party", "app", "previews"].includes(order.only))
    throw new Stop("--only party, --only app, or --only previews.");
  return order;
}

/**
 * Deploys party and app, in this order, and looks at the pair. Stops at the first step that fails.
 * @param {ReturnType<typeof readOrder>} order
 * @param {{bin?: string, env?: NodeJS.ProcessEnv, folder?: string}} [where]
 */
export async function deploy(
  order,
  { bin = path.join(ROOT, "node_modules/.bin"), env = process.env, folder } = {},
) {
  const { placesOf } = await import("./doctor/places.mjs");
  const { FOLDER, secretsOf, valuesFor } = await import("./deploy/values.mjs");
  const { check, refuseUpload } = await import("./deploy/check.mjs");
  const { engineOf, searchForSecrets } = await import("./deploy/party.mjs");
  const { appCommands } = await import("./deploy/app.mjs");
  const { runCommand, shown } = await import("./deploy/command.mjs");

  const { dryRun = false, engine, name, only } = order;
  const places = placesOf(order.app, order.party);
  const make = engineOf(engine);
  const values = valuesFor(places, { folder, env });
  for (const made of values.made) step(`Made ${made}`);
  await check(values, places);
  refuseUpload();
  step("Every variable of both sides is right for production");

  const go = async (command, remedy) => {
    say(`${dim("$")} ${shown(command)}`);
    if (dryRun) return;
    const status = await runCommand(command, { bin, env });
    if (status !== 0)
      throw new Stop(
        `"${[command.file, ...command.args].join(" ")}" ended with status ${status}. ${remedy}`,
      );
  };

  if (only === "previews") {
    const { previewValues } = await import("./deploy/previews.mjs");
    const preview = await previewValues(values, folder ?? FOLDER);
    if (!order.noMigrate) await prepareDatabase(preview, dryRun);
    const { link, variables } = appCommands({ name, values: preview, target: "preview" }, { env });
    for (const command of [...link, ...variables]) await go(command, REMEDY.vercel);
    return step("The next preview has them");
  }
  if (only !== "party" && !order.noMigrate) await prepareDatabase(values.app, dryRun);

  if (only !== "app") {
    say(`\n${bold("Party")} ${dim(places.party.host)}`);
    if (engine === "partykit") say(PARTYKIT_CLOSED);
    const parent = folder ?? FOLDER;
    const party = make({ name, host: places.party.host, values: values.party, parent });
    const bytes = await searchForSecrets(party, secretsOf(values.app));
    step(`No secret in what is sent (${Math.round(bytes / 1024)} KB searched)`);
    await go(party.command, REMEDY[engine]);
  }

  if (only !== "party") {
    say(`\n${bold("App")} ${dim(places.app)}`);
    const commands = appCommands({ name, values: values.app }, { env });
    for (const command of [...commands.link, ...commands.variables, ...commands.deploy]) {
      await go(command, REMEDY.vercel);
    }
  }

  say(`\n${bold("Doctor")}`);
  const words = `npm run doctor -- ${places.app} ${places.party.host}`;
  if (dryRun || order.noDoctor) return say(`${dim("$")} ${words}`);
  const { doctor } = await import("./doctor.mjs");
  const well = await doctor({ ...places, json: false, account: null });
  if (!well)
    throw new Stop(`The pair is deployed and something is ill. When it is mended: ${words}`);
}

async function prepareDatabase({ DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken }, dryRun) {
  say(`\n${bold("Database")}`);
  if (dryRun) return say(`${dim("$")} npm run migrate ${dim("(with the app's DATABASE_URL)")}`);
  const { migrate } = await import("./migrate.mjs");
  const applied = await migrate({ url, authToken });
  step(applied.length > 0 ? `Applied ${applied.join(", ")}` : "It has all its tables");
}

if (isMain(import.meta.url)) {
  await run(async () => {
    checkNode();
    const order = readOrder(process.argv.slice(2));
    if (order.help) return say(USAGE);
    if (order.button) {
      const { buttonFor, ownRemote } = await import("./deploy/button.mjs");
      return say(buttonFor(ownRemote(), order.name));
    }
    await deploy(order);
    process.exit(0);
  });
}
