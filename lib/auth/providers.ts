import "server-only";
import type { Provider } from "next-auth/providers/index";
import GithubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { ServerEnv } from "../env/server";

const GITHUB_EMAILS = "https://api.github.com/user/emails";

/** The providers that are configured, beside email and password. */
export function oauthProviders({ github, google }: ServerEnv): Provider[] {
  return [
    ...(github ? [githubProvider(github)] : []),
    ...(google ? [GoogleProvider({ ...google, checks: ["pkce", "state", "nonce"] })] : []),
  ];
}

/**
 * GitHub's profile may show an address that was never verified; the list of addresses says which
 * were. Only a verified one counts, else the account has none and is refused.
 */
function githubProvider(pair: { clientId: string; clientSecret: string }): Provider {
  return GithubProvider({
    ...pair,
    checks: ["pkce", "state"],
    userinfo: {
      url: "https://api.github.com/user",
      async request({ client, tokens }) {
        const token = tokens.access_token ?? "";
        const profile = await client.userinfo(token);
        const response = await fetch(GITHUB_EMAILS, {
          headers: { authorization: `Bearer ${token}` },
          signal: AbortSignal.timeout(5_000),
        });
        const list: unknown = response.ok ? await response.json() : [];
        return { ...profile, email: verifiedAddress(list) ?? "" };
      },
    },
  });
}

/** The verified address in GitHub's list, the primary one where it is verified. */
export function verifiedAddress(list: unknown): string | null {
  if (!Array.isArray(list)) return null;
  const verified = list.filter((entry) => entry?.verified === true);
  const chosen = verified.find((entry) => entry.primary === true) ?? verified[0];
  return typeof chosen?.email === "string" ? chosen.email : null;
}
