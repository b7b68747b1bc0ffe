import { takeEngine } from "./lib/engines/names.mjs";
import { run } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/** `npm run dev [-- --engine cloudflare]`: the same as `npm start`, with hot reload of app and party. */
await run(async () => {
  takeEngine(process.argv.slice(2), process.env);
  const config = await setup();
  const { runStack } = await import("./lib/stack.mjs");
  const { greet } = await import("./lib/greeting.mjs");
  await runStack(config, { mode: "dev" });
  greet(config);
});
