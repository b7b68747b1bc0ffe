import { bold, green, say } from "./say.mjs";

/** The address, and the way in where the demo is seeded. */
export function greet({ url, databaseUrl }) {
  say();
  say(`${green("Guestlist is running:")} ${bold(url)}`);
  if (databaseUrl.startsWith("file:")) {
    say(`Sign in as ${bold("ada@example.com")}, grace@example.com or linus@example.com,`);
    say(`password ${bold("correct horse battery")}. Ctrl-C stops everything.`);
  }
  say();
}
