import type * as Party from "partykit/server";
import { json, methodNotAllowed, refusal } from "./answers";
import { settingsOf } from "./settings";

/** Every address that is no party's. A party that cannot verify anybody is not healthy. */
export function health(req: Party.Request, { env }: Party.FetchLobby): Response {
  if (new URL(req.url).pathname !== "/health") return refusal("not_found");
  if (req.method !== "GET" && req.method !== "HEAD") return methodNotAllowed("GET, HEAD");
  return settingsOf(env) ? json({ ok: true }) : json({ ok: false }, 503);
}
