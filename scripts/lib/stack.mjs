import { startApp } from "./app-process.mjs";
import { startParty } from "./party-process.mjs";
import { onParentGone } from "./processes.mjs";
import { requireFree } from "./ports.mjs";
import { dim, say, Stop } from "./say.mjs";
import { supervise } from "./supervise.mjs";

const tagged = (tag) => (line) => {
  if (line.trim()) say(`${dim(tag.padEnd(5))} ${line}`);
};

/** Waits for app and party; if one does not start, the other is stopped and the reason is told. */
async function both(...starting) {
  const results = await Promise.allSettled(starting);
  // The app's reason first: the party is told some of the app's settings, and would name its own.
  const failed = results.find(({ status }) => status === "rejected");
  if (!failed) return results.map(({ value }) => value);
  await Promise.all(results.map(({ value }) => value?.stop()));
  throw new Stop(reasonIn(failed.reason.message));
}

/** The sentence with which app or party names a wrong setting, else all that was said. */
export function reasonIn(output) {
  const app = /^Stopped: (.+)$/m.exec(output)?.[1];
  const party = /"event":"misconfigured","problem":("(?:[^"\\]|\\.)*")/.exec(output)?.[1];
  return app ?? (party ? JSON.parse(party) : `It did not start.\n${output}`);
}

/** Whether the key is one is the app's to say, when it starts. */
function keyOf({ appEnv }) {
  try {
    return JSON.parse(appEnv.PARTY_TOKEN_PRIVATE_JWK);
  } catch {
    return undefined;
  }
}

/** Runs app and party together until Ctrl-C; a party that dies is started again. */
export async function runStack(config, { mode, build }) {
  const { appPort, partyPort } = config;
  await requireFree(appPort, "PORT", "the app", [partyPort]);
  await requireFree(partyPort, "PARTY_PORT", "the party", [appPort]);
  await build?.();

  const [app, party] = await both(
    startApp({ port: config.appPort, env: config.appEnv, mode, onLine: tagged("app") }),
    supervise(
      () =>
        startParty({
          engine: config.engine,
          watch: mode === "dev",
          port: config.partyPort,
          stateDir: config.partyState,
          env: config.partyEnv,
          onLine: tagged("party"),
          drainKey: keyOf(config),
        }),
      tagged("party"),
      "The party",
    ),
  );

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    say("\nStopping");
    // The party first: it may ask the app for the keys with which it checks who drains it.
    await party.stop();
    await app.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  // npm hands SIGTERM to its shell and no further: the shell ends, and this process would stay.
  if (process.env.npm_lifecycle_event) onParentGone(stop);
  void app.exited.then(async (status) => {
    if (stopping) return;
    stopping = true;
    await party.stop();
    process.stderr.write(`\nThe app ended with status ${status}; everything is stopped.\n`);
    process.exit(1);
  });
}
