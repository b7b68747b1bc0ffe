import { takeEngine } from "./lib/engines/names.mjs";
import { run } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/** `npm start [-- --engine cloudflare]`: set-up, production build, app and party on this machine. */
await run(async () => {
  takeEngine(process.argv.slice(2), process.env);
  const config = await setup();
  const { build } = await import("./lib/build.mjs");
  const { runStack } = await import("./lib/stack.mjs");
  const { greet } = await import("./lib/greeting.mjs");
  await runStack(config, { mode: "start", build });
  greet(config);
});
