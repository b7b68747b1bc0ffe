import { execFileSync } from "node:child_process";
import { ROOT } from "../lib/config.mjs";
import { Stop } from "../lib/say.mjs";

/** Without these the app does not start; `npm run deploy` gives the others too. */
export const ASKED = [
  ...["NEXTAUTH_URL", "NEXTAUTH_SECRET", "DATABASE_URL", "DATABASE_AUTH_TOKEN"],
  ...["PARTY_TOKEN_PRIVATE_JWK", "PARTY_HOST"],
];
/** The hosts that Vercel clones from. */
const REMOTE =
  /^(?:https:\/\/(?:[^@/]*@)?|(?:ssh:\/\/)?git@)(github\.com|gitlab\.com|bitbucket\.org)[/:]([\w.-]+\/[\w./-]+?)(?:\.git)?\/?$/;

/**
 * Vercel's button for a copy of this repository, as Markdown. Pure.
 * @param {string} remote as git names it; a password in it stays out
 * @param {string} name the project's at Vercel
 * @throws Stop where Vercel could not clone from there
 */
export function buttonFor(remote, name) {
  const [, host, path] = REMOTE.exec(remote.trim()) ?? [];
  if (!host) {
    throw new Stop(
      "Vercel's button needs a copy at GitHub, GitLab or Bitbucket: git remote add origin https://github.com/you/guestlist",
    );
  }
  const address = new URL("https://vercel.com/new/clone");
  address.searchParams.set("repository-url", `https://${host}/${path}`);
  address.searchParams.set("project-name", name);
  address.searchParams.set("env", ASKED.join(","));
  address.searchParams.set(
    "envDescription",
    "What npm run deploy --dry-run writes to .guestlist/deploy/app.env",
  );
  return `[![Deploy with Vercel](https://vercel.com/button)](${address})`;
}

/** Where this copy was cloned from, or "". */
export function ownRemote() {
  try {
    const args = ["remote", "get-url", "origin"];
    return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
  } catch {
    return "";
  }
}
