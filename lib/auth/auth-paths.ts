import type { ServerEnv } from "../env/server";

/** What each method may do; the rest of NextAuth (its HTML pages, its log, session updates) is closed. */
const ACTIONS: Record<string, readonly string[]> = {
  GET: ["csrf", "providers", "session", "signin", "signout", "callback", "error"],
  POST: ["signin", "signout", "callback"],
};

/**
 * Whether `/api/auth/<action…>` is an address of ours. NextAuth answers others with sentences of its
 * own, some of them with 500.
 */
export function isOffered(method: string, action: string[], env: ServerEnv): boolean {
  const [name = "", provider, ...rest] = action;
  if (rest.length > 0 || !ACTIONS[method]?.includes(name)) return false;
  if (provider === undefined) return name !== "callback";
  if (name !== "signin" && name !== "callback") return false;
  // A password is posted; only a provider sends the browser back with GET.
  if (provider === "credentials") return name === "callback" && method === "POST";
  return (provider === "github" || provider === "google") && env[provider] !== null;
}
