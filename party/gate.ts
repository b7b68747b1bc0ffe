import { ROOM_ID_PATTERN } from "../lib/protocol/limits";
import * as v from "valibot";
import { Epoch } from "../lib/protocol/values";
import type { Resume } from "../lib/room/events";
import { closeAtOnce, refusal } from "./answers";
import type { Dial, Env } from "./engine";
import { passOf, seal } from "./handover";
import { log, logFault } from "./log";
import { objectName, relayOf } from "./placing";
import { fitsOrigin, isAllowed, objectOf } from "./previews";
import { loopback } from "./loopback";
import { settingsOf, type Settings } from "./settings";

const PATH = /^\/parties\/main\/([^/]+)$/;

/**
 * The door for sockets. The engines let a request through when their hook returns nothing, and one
 * shows the client what it throws: so every way out is a Request or a Response.
 */
export async function beforeConnect(
  req: Request,
  env: Env,
  dial: Dial,
): Promise<Request | Response> {
  try {
    const settings = settingsOf(env);
    if (!settings) return refusal("unavailable");
    return await admit(req, settings, dial);
  } catch (error) {
    logFault("gate_failed", error);
    return refusal("unavailable");
  }
}

async function admit(req: Request, settings: Settings, dial: Dial): Promise<Request | Response> {
  const url = new URL(req.url);
  // The object was chosen from the raw path, so only the raw path that is canonical will do.
  const room = PATH.exec(url.pathname)?.[1];
  if (room === undefined || !ROOM_ID_PATTERN.test(room)) return deny("not_found", "address");
  const origin = req.headers.get("Origin");
  if (!isAllowed(origin, settings)) return deny("forbidden", "origin", room);
  const tokens = url.searchParams.getAll("token");
  if (tokens.length !== 1) return deny("unauthorized", "no_token", room);

  const verified = await settings.verifier.verify(tokens[0], {
    use: "connect",
    now: Date.now(),
    room,
  });
  if (!verified.ok && verified.reason === "unavailable") {
    // The keys to judge it with cannot be had: that is no verdict, so the client may try again.
    log("refused", { reason: "keys_unavailable", room });
    return closeAtOnce("unavailable", 1013);
  }
  if (!verified.ok && verified.reason !== "expired" && verified.reason !== "future") {
    return deny("unauthorized", verified.reason, room);
  }
  const { claims } = verified;
  if (!fitsOrigin(origin, claims.iss, settings)) return deny("forbidden", "other_origin", room);
  if (claims.room !== room) {
    log("refused", { reason: "other_room", room, user: claims.sub });
    return closeAtOnce("forbidden", 4403);
  }
  if (!verified.ok && verified.reason === "future") {
    // Of a clock that runs ahead: a browser could not read a 401, and would try for ever.
    log("refused", { reason: "future", room, user: claims.sub });
    return closeAtOnce("unauthorized", 4401, "unauthorized");
  }
  if (!verified.ok) {
    log("refused", { reason: "token_expired", room, user: claims.sub });
    return closeAtOnce("token_expired", 4401, "token_expired");
  }

  // The connection id is part of the address on both engines, where the client could choose it.
  const connection = crypto.randomUUID();
  const object = objectOf(claims, settings);
  const relay = settings.relays > 0 ? relayOf(claims.sub, settings.relays) : undefined;
  const chosen = objectName({ room: object, relay });
  const pass = passOf(claims, object);
  const headers = new Headers(seal({ room: object, relay, pass, resume: resumeOf(url) }));
  headers.set("Upgrade", "websocket");
  const address = new URL(`/parties/main/${chosen}?_pk=${connection}`, url.origin);
  const request = new Request(address, { headers });
  if (!settings.loopback && chosen === room) return request;
  const answer = await dial(request, chosen);
  if (!answer?.webSocket) return refusal("unavailable");
  return settings.loopback ? loopback(answer.webSocket) : answer;
}

/** Junk here costs its sender the recovery and nothing else: a fresh page follows. */
function resumeOf({ searchParams }: URL): Resume | undefined {
  const epoch = v.safeParse(Epoch, searchParams.get("epoch"));
  const after = searchParams.get("after") ?? "";
  const rev = searchParams.get("rev");
  if (!epoch.success || !isCount(after) || (rev !== null && !isCount(rev))) return undefined;
  return { epoch: epoch.output, after: Number(after), ...(rev !== null && { rev: Number(rev) }) };
}

const isCount = (text: string): boolean => /^\d{1,15}$/.test(text);

function deny(
  code: "not_found" | "forbidden" | "unauthorized",
  reason: string,
  room?: string,
): Response {
  log("refused", { reason, room });
  return refusal(code);
}
