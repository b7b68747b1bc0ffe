import { startApp } from "./app-process.mjs";
import { startParty } from "./party-process.mjs";
import { requireFree } from "./ports.mjs";
import { dim, say, Stop } from "./say.mjs";
import { supervise } from "./supervise.mjs";

const tagged = (tag) => (line) => {
  if (line.trim()) say(`${dim(tag.padEnd(5))} ${line}`);
};

/** Runs app and party together until Ctrl-C; a party that dies is started again. */
export async function runStack(config, { mode, build }) {
  await requireFree(config.appPort, "PORT", "the app");
  await requireFree(config.partyPort, "PARTY_PORT", "the party");
  await build?.();

  const party = await supervise(
    () =>
      startParty({
        port: config.partyPort,
        stateDir: config.partyState,
        env: config.partyEnv,
        onLine: tagged("party"),
      }),
    tagged("party"),
    "The party",
  ).catch((error) => {
    throw new Stop(`The party did not start.\n${error.message}`);
  });

  const app = await startApp({
    port: config.appPort,
    env: config.appEnv,
    mode,
    onLine: tagged("app"),
  }).catch(async (error) => {
    await party.stop();
    throw new Stop(`The app did not start.\n${error.message}`);
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say("\nStopping");
    await Promise.all([app.stop(), party.stop()]);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  void app.exited.then(async (status) => {
    if (stopping) return;
    stopping = true;
    await party.stop();
    process.stderr.write(`\nThe app ended with status ${status}; everything is stopped.\n`);
    process.exit(1);
  });
}
