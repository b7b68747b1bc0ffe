import { resolveConfig } from "./lib/config.mjs";
import { loadSource } from "./lib/load-source.mjs";
import { run, say, Stop } from "./lib/say.mjs";

/**
 * `npm run admin -- disable ada@example.com`: what an operator does to accounts, sessions and rooms
 * from beside the database, with the settings of `.env.local` and the environment.
 */
await run(async () => {
  const [word, ...words] = process.argv.slice(2);
  // As the app itself reads it.
  Object.assign(process.env, resolveConfig().appEnv);
  const { OPERATIONS, isOperation, operate } = await loadSource("lib/api/operator.ts");
  if (!isOperation(word)) {
    const known = Object.values(OPERATIONS).map((usage) => `  npm run admin -- ${usage}`);
    throw new Stop(`Say what to do:\n${known.join("\n")}`);
  }
  const { getAccounts } = await loadSource("lib/accounts/libsql.ts");
  const { serverEnv } = await loadSource("lib/env/server.ts");
  try {
    // First: the database's own failures are told without their reason, a wrong setting with it.
    serverEnv();
    say(await operate(word, words, { accounts: getAccounts(), now: Date.now() }));
  } catch (error) {
    if (error?.name === "ConfigurationProblem" || error?.name === "Unmet") {
      throw new Stop(error.message);
    }
    if (error?.name !== "AccountsUnavailable") throw error;
    throw new Stop(
      "The database does not answer, or has no tables yet: npm run migrate makes them.",
    );
  }
});
