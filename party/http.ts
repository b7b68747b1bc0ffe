import type * as Party from "partykit/server";
import * as v from "valibot";
import {
  DRAIN_OVER_MS,
  HISTORY_PAGE_MESSAGES,
  MAX_DRAIN_OVER_MS,
  MAX_FRAME_BYTES,
  MAX_HISTORY_LIMIT,
} from "../lib/protocol/limits";
import { isOverFrameLimit, isWellFormed } from "../lib/protocol/text";
import { ClientId, Id, PersonName, Role, UserRef } from "../lib/protocol/values";
import type { HttpEvent } from "../lib/room/events";
import { methodNotAllowed, refusal } from "./answers";

const Say = v.strictObject({
  id: ClientId,
  text: v.pipe(v.string(), v.check(isWellFormed)),
  as: v.union([
    UserRef,
    v.pipe(
      v.string(),
      v.check((id) => v.is(Id, id) && v.is(PersonName, id)),
      v.transform((id) => ({ id, name: id })),
    ),
  ]),
});
const Reason = v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,64}$/)), "session_revoked");
const Revoke = v.union([
  v.strictObject({ sid: Id, reason: Reason }),
  v.strictObject({ user: Id, reason: Reason }),
]);
/** A body is not needed; the spread then is the usual one. */
const Drain = v.strictObject({
  overMs: v.optional(
    v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_DRAIN_OVER_MS)),
    DRAIN_OVER_MS,
  ),
});
const Members = v.union([
  v.strictObject({ user: Id, role: Role }),
  v.strictObject({ user: Id, name: PersonName }),
]);

/** `metrics` is a look at the room with the adapter's counters added. */
export type Asked = { event: HttpEvent; metrics?: boolean };

/** Reads a request into an event for the room, or says what is wrong with it. */
export async function readRequest(req: Party.Request): Promise<Asked | Response> {
  const { pathname, searchParams } = new URL(req.url);
  const part = pathname.split("/")[4] ?? "";
  switch (`${req.method} ${part}`) {
    case "GET ":
      return look(searchParams.get("user") ?? undefined);
    case "GET metrics":
      return { event: { type: "look" }, metrics: true };
    case "GET messages":
      return page(searchParams.get("before"), searchParams.get("limit"));
    case "DELETE messages":
      return { event: { type: "clear", epoch: newEpoch() } };
    case "POST messages":
      return body(req, Say, (say) => ({ type: "say", ...say }));
    case "POST revoke":
      return body(req, Revoke, (revoke) => ({ type: "revoke", ...revoke }));
    case "POST drain":
      return body(req, Drain, ({ overMs }) => ({ type: "drain", overMs, share: Math.random() }));
    case "POST members":
      return body(req, Members, (member) =>
        "role" in member ? { type: "role", ...member } : { type: "rename", ...member },
      );
    default:
      return methodNotAllowed(
        { messages: "GET, POST, DELETE", revoke: "POST", members: "POST", drain: "POST" }[part] ??
          "GET",
      );
  }
}

/** Random enough that no two histories of a room share one. */
export const newEpoch = (): string => crypto.randomUUID().replace(/-/g, "");

function look(user: string | undefined): Asked | Response {
  if (user !== undefined && !v.is(Id, user)) return refusal("bad_request");
  return { event: { type: "look", user } };
}

function page(before: string | null, limit: string | null): Asked | Response {
  const number = (text: string | null) =>
    text === null ? undefined : /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  const from = number(before);
  const count = number(limit) ?? HISTORY_PAGE_MESSAGES;
  if (Number.isNaN(from) || !(count >= 1 && count <= MAX_HISTORY_LIMIT))
    return refusal("bad_request");
  return { event: { type: "page", before: from, limit: count } };
}

async function body<T extends v.GenericSchema>(
  req: Party.Request,
  schema: T,
  event: (value: v.InferOutput<T>) => HttpEvent,
): Promise<Asked | Response> {
  if (Number(req.headers.get("Content-Length") ?? 0) > MAX_FRAME_BYTES) return refusal("too_large");
  const text = await req.text();
  if (isOverFrameLimit(text)) return refusal("too_large");
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    return refusal("bad_request");
  }
  const parsed = v.safeParse(schema, value);
  return parsed.success ? { event: event(parsed.output) } : refusal("bad_request");
}
