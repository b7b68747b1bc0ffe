import { Stop } from "./say.mjs";

/** Refuses a Node that is too old, by name, before anything is installed with it. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  throw new Stop(
    `Node ${version} is too old: Guestlist needs Node 20.9 or newer. Get it from https://nodejs.org, then run the command again.`,
  );
}
