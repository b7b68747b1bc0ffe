import { isRequestId, REQUEST_ID_HEADER } from "../lib/observe/request-id";
import { MAX_FRAME_BYTES, ROOM_ID_PATTERN } from "../lib/protocol/limits";
import type { Ticket } from "../lib/room/events";
import { refusal } from "./answers";
import type { Dial, Env } from "./engine";
import { seal, ticketOf } from "./handover";
import { log, logFault } from "./log";
import { objectOf } from "./previews";
import { settingsOf, type Settings } from "./settings";

const PATH =
  /^\/parties\/main\/([^/]+)(\/(?:messages|revoke|members|drain|metrics|sanctions|settings|audit|reports|forget))?$/;
const BEARER = /^bearer ([\x21-\x7e]+)$/i;

/** The door for requests: other servers only. Every way out is a Request or a Response. */
export async function beforeRequest(
  req: Request,
  env: Env,
  dial: Dial,
): Promise<Request | Response> {
  try {
    const body = await bodyOf(req);
    const settings = settingsOf(env);
    if (!settings) return refusal("unavailable");
    return await admit(req, body, settings, dial);
  } catch (error) {
    logFault("gate_failed", error);
    return refusal("unavailable");
  }
}

/**
 * Read before anything is answered: a line with an unread body is closed by the runtime, and the
 * next request that its client has put on it is lost. What is longer than any body may be is left.
 */
async function bodyOf({ method, headers, body }: Request): Promise<BodyInit | null> {
  if (body === null || ["GET", "HEAD"].includes(method)) return null;
  const length = Number(headers.get("Content-Length") ?? NaN);
  return length <= MAX_FRAME_BYTES ? new Response(body).arrayBuffer() : body;
}

async function admit(
  req: Request,
  body: BodyInit | null,
  settings: Settings,
  dial: Dial,
): Promise<Request | Response> {
  const url = new URL(req.url);
  const named = req.headers.get(REQUEST_ID_HEADER);
  const request = isRequestId(named) ? named : undefined;
  const deny = (reason: string, room: string): Response => {
    log("refused", { request, reason, room, over: "http" });
    return refusal("unauthorized");
  };
  const match = PATH.exec(url.pathname);
  const room = match?.[1];
  if (!match || room === undefined || !ROOM_ID_PATTERN.test(room)) return refusal("not_found");
  if (url.searchParams.has("token") || url.searchParams.has("access_token")) {
    return deny("token_in_query", room);
  }
  const credential = BEARER.exec(req.headers.get("Authorization") ?? "")?.[1];
  if (credential === undefined) return deny("no_token", room);
  const caller = await identify(credential, settings);
  if (!caller.ok && caller.reason === "unavailable") {
    log("refused", { request, reason: "keys_unavailable", room, over: "http" });
    return refusal("unavailable");
  }
  if (!caller.ok) return deny(caller.reason, room);
  if (caller.room !== undefined && caller.room !== room) {
    log("refused", { request, reason: "other_room", room, over: "http" });
    return refusal("forbidden");
  }

  const preview = match[2] === "/drain" ? url.searchParams.get("preview") : null;
  if (preview !== null && !(caller.operates && settings.previews?.isPreview(preview))) {
    log("refused", { request, reason: "no_preview_of_its_own", room, over: "http" });
    return refusal("forbidden");
  }

  const object =
    preview === null ? (caller.object ?? room) : objectOf({ room, iss: preview }, settings);
  const path = `/parties/main/${object}${match[2] ?? ""}`;
  const address = new URL(path + url.search, url.origin);
  const headers = new Headers(seal({ room: object, ticket: caller.ticket, request }));
  const accept = req.headers.get("Accept");
  if (accept !== null) headers.set("Accept", accept);
  const length = req.headers.get("Content-Length");
  if (length !== null) headers.set("Content-Length", length);
  const onward = new Request(address, { method: req.method, headers, body });
  return object === room ? onward : ((await dial(onward, object)) ?? refusal("unavailable"));
}

type Caller =
  | { ok: true; room?: string; object?: string; ticket?: Ticket; operates: boolean }
  | { ok: false; reason: string };

async function identify(credential: string, settings: Settings): Promise<Caller> {
  const { apiKey, verifier, origins } = settings;
  if (apiKey !== null && (await sameSecret(credential, apiKey)))
    return { ok: true, operates: true };
  const verified = await verifier.verify(credential, { use: "server", now: Date.now() });
  if (!verified.ok) return { ok: false, reason: verified.reason };
  const { claims } = verified;
  const { jti, iat } = claims;
  if (jti === null) return { ok: false, reason: "claims" };
  const ticket = { ...ticketOf(claims), jti, issuedAt: iat * 1000 };
  // Who stops the party is the app's own side: no preview, and no issuer that it trusts.
  const operates = claims.iss === origins[0];
  return { ok: true, room: claims.room, object: objectOf(claims, settings), ticket, operates };
}

/** Compares digests, so that neither length nor content of the secret shows in the time it takes. */
async function sameSecret(a: string, b: string): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const [one, other] = (await Promise.all([digest(a), digest(b)])).map((d) => new Uint8Array(d));
  let difference = 0;
  one?.forEach((byte, i) => (difference |= byte ^ (other?.[i] ?? 255)));
  return difference === 0;
}
