import { json, methodNotAllowed, refusal } from "./answers";
import type { Env } from "./engine";
import { settingsOf } from "./settings";

/** Every address that is no party's. A party that cannot verify anybody is not healthy. */
export function health(req: { url: string; method: string }, env: Env): Response {
  if (new URL(req.url).pathname !== "/health") return refusal("not_found");
  if (req.method !== "GET" && req.method !== "HEAD") return methodNotAllowed("GET, HEAD");
  return settingsOf(env) ? json({ ok: true }) : json({ ok: false }, 503);
}
