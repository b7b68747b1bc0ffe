import * as v from "valibot";
import { wantsPrometheus } from "../lib/observe/exposition";
import {
  DRAIN_OVER_MS,
  HISTORY_PAGE_MESSAGES,
  MAX_DRAIN_OVER_MS,
  MAX_FRAME_BYTES,
  MAX_HIDDEN_ASKED,
  MAX_HISTORY_LIMIT,
  MAX_RETENTION_DAYS,
  MAX_SANCTION_SECONDS,
  MAX_SLOW_SECONDS,
} from "../lib/protocol/limits";
import { isOverFrameLimit, isWellFormed } from "../lib/protocol/text";
import {
  ClientId,
  Id,
  PersonName,
  Reason as ModReason,
  Role,
  UserRef,
} from "../lib/protocol/values";
import type { HttpEvent } from "../lib/room/events";
import { methodNotAllowed, refusal } from "./answers";

const whole = (min: number, max: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));

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
  v.strictObject({ user: Id, role: Role, name: v.optional(PersonName) }),
  v.strictObject({ user: Id, name: PersonName }),
]);

const By = v.optional(v.strictObject({ id: Id, name: v.optional(PersonName) }));
const Sanction = v.strictObject({
  action: v.picklist(["kick", "ban", "unban", "mute", "unmute"]),
  user: Id,
  seconds: v.optional(whole(1, MAX_SANCTION_SECONDS)),
  reason: v.optional(ModReason),
  by: By,
});
const Settings = v.strictObject({
  slowSeconds: v.optional(whole(0, MAX_SLOW_SECONDS)),
  retentionDays: v.optional(v.nullable(whole(1, MAX_RETENTION_DAYS))),
  archived: v.optional(v.boolean()),
  gone: v.optional(v.literal(true)),
  name: v.optional(v.pipe(v.string(), v.maxLength(256))),
  topic: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(1_024)))),
});
const Forget = v.strictObject({ user: Id, messages: v.picklist(["anonymise", "erase"]) });
const Resolve = v.strictObject({
  resolve: whole(1, Number.MAX_SAFE_INTEGER),
  remove: v.optional(
    v.strictObject({
      by: v.strictObject({ id: Id, name: v.optional(PersonName) }),
      seq: whole(1, Number.MAX_SAFE_INTEGER),
      reason: v.optional(ModReason),
    }),
  ),
});

const METHODS: Record<string, string> = {
  messages: "GET, POST, DELETE",
  reports: "GET, POST",
  ...Object.fromEntries(
    ["revoke", "members", "drain", "sanctions", "settings", "forget"].map((one) => [one, "POST"]),
  ),
};

/** `metrics` is a look at the room with the adapter's counters added, as JSON or for Prometheus. */
export type Asked = { event: HttpEvent; metrics?: "json" | "prometheus" };

/** Reads a request into an event for the room, or says what is wrong with it. */
export async function readRequest(req: Request): Promise<Asked | Response> {
  const { pathname, searchParams } = new URL(req.url);
  const part = pathname.split("/")[4] ?? "";
  switch (`${req.method} ${part}`) {
    case "GET ":
      return look(searchParams);
    case "GET metrics":
      return {
        event: { type: "look" },
        metrics: wantsPrometheus(req.headers.get("Accept")) ? "prometheus" : "json",
      };
    case "GET messages":
      return page(searchParams);
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
    case "POST sanctions":
      return body(req, Sanction, (sanction) => ({ type: "sanction", ...sanction }));
    case "POST settings":
      return body(req, Settings, (settings) => ({
        ...settings,
        type: "settings",
        epoch: newEpoch(),
      }));
    case "POST forget":
      return body(req, Forget, ({ user, messages: how }) => ({ type: "forget", user, how }));
    case "GET audit":
      return entries("audit", searchParams);
    case "GET reports":
      return entries("reports", searchParams);
    case "POST reports":
      return body(req, Resolve, ({ resolve: report, remove }) => ({
        ...{ type: "resolve", report, remove },
      }));
    default:
      return methodNotAllowed(METHODS[part] ?? "GET");
  }
}

/** Random enough that no two histories of a room share one. */
export const newEpoch = (): string => crypto.randomUUID().replace(/-/g, "");

function look(params: URLSearchParams): Asked | Response {
  const user = params.get("user") ?? undefined;
  const hide = params.get("hide")?.split(",");
  const known = [...(user === undefined ? [] : [user]), ...(hide ?? [])].every((id) =>
    v.is(Id, id),
  );
  if (!known || (hide && hide.length > MAX_HIDDEN_ASKED)) return refusal("bad_request");
  return { event: { type: "look", user, hide } };
}

function page(params: URLSearchParams): Asked | Response {
  const range = rangeOf(params);
  const user = params.get("user") ?? undefined;
  if (!range || (user !== undefined && !v.is(Id, user))) return refusal("bad_request");
  return { event: { type: "page", ...range, user } };
}

function entries(of: "audit" | "reports", params: URLSearchParams): Asked | Response {
  const range = rangeOf(params);
  return range ? { event: { type: "log", of, ...range } } : refusal("bad_request");
}

/** Null for what is no number, or more than a page. */
function rangeOf(params: URLSearchParams): { before?: number; limit: number } | null {
  const number = (text: string | null) =>
    text === null ? undefined : /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  const before = number(params.get("before"));
  const limit = number(params.get("limit")) ?? HISTORY_PAGE_MESSAGES;
  if (Number.isNaN(before) || !(limit >= 1 && limit <= MAX_HISTORY_LIMIT)) return null;
  return { limit, ...(before !== undefined && { before }) };
}

async function body<T extends v.GenericSchema>(
  req: Request,
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
