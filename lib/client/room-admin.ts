import * as v from "valibot";
import { banOf } from "./ban";
import { type Answer, type Fields, refusal, send } from "./account-http";
import type { Role } from "../protocol/values";
import type { Held } from "./types";

/** What is done to a room and its people through the app. Nothing rejects. */

const CODES = [
  "archived",
  "bad_request",
  "conflict",
  "forbidden",
  "not_found",
  "rate_limited",
  "signed_out",
] as const;
export type AdminCode = (typeof CODES)[number] | "unavailable";
type Field = "name" | "topic" | "slowSeconds" | "retentionDays" | "reason" | "confirm" | "maxUses";
export type AdminResult<T = unknown> =
  ({ ok: true } & T) | { ok: false; code: AdminCode; fields?: Fields<Field> };

const refused = (answer: Answer | null) =>
  refusal(answer, CODES, [
    ...(["name", "topic", "slowSeconds", "retentionDays"] as const),
    ...(["reason", "confirm", "maxUses"] as const),
  ]);

const pathOf = (room: string, ...rest: (string | number)[]): string =>
  ["/api/rooms", ...[room, ...rest].map((part) => encodeURIComponent(part))].join("/");

async function change(method: string, path: string, body?: unknown): Promise<AdminResult> {
  const answer = await send(method, path, body);
  if (answer?.status === 200 || answer?.status === 201) return { ok: true };
  return refused(answer);
}

async function ask<S extends v.GenericSchema>(
  path: string,
  schema: S,
): Promise<AdminResult<{ found: v.InferOutput<S> }>> {
  const answer = await send("GET", path);
  const parsed = v.safeParse(schema, answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, found: parsed.output };
  return refused(answer);
}

/** `seconds` missing: for good. */
export const banPerson = (
  room: string,
  given: { user: string; seconds?: number | undefined; reason?: string | undefined },
) => change("POST", pathOf(room, "bans"), given);
export const unbanPerson = (room: string, user: string) =>
  change("DELETE", pathOf(room, "bans", user));
export const changeRole = (room: string, user: string, role: Role) =>
  change("PATCH", pathOf(room, "members", user), { role });
export const removePerson = (room: string, user: string) =>
  change("DELETE", pathOf(room, "members", user));

export interface RoomChanges {
  name?: string;
  topic?: string | null;
  visibility?: "public" | "private" | "invite";
  archived?: boolean;
  slowSeconds?: number;
  retentionDays?: number | null;
}
export const changeRoom = (room: string, changes: RoomChanges) =>
  change("PATCH", pathOf(room), changes);
export const clearRoom = (room: string, reason?: string) =>
  change("DELETE", pathOf(room, "messages"), { ...(reason && { reason }) });
export const handOver = (room: string, user: string) =>
  change("POST", pathOf(room, "owner"), { user });
export const deleteRoom = (room: string, confirm: string) =>
  change("DELETE", pathOf(room), { confirm });
/** `remove`: the message that it is about is deleted, too. */
export const settleReport = (
  room: string,
  report: number,
  remove?: { seq: number; reason?: string | undefined },
) => change("DELETE", pathOf(room, "reports", report), remove);
export const revokeInvite = (room: string, invite: string) =>
  change("DELETE", pathOf(room, "invites", invite));

const RoleName = v.picklist(["reader", "member", "moderator", "owner"]);
const Who = v.object({ id: v.string(), name: v.optional(v.string()) });

const Members = v.object({
  members: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      picture: v.nullable(v.string()),
      role: RoleName,
      since: v.number(),
    }),
  ),
});
export type MemberLine = v.InferOutput<typeof Members>["members"][number];
export const listMembers = (room: string) => ask(pathOf(room, "members"), Members);

const Bans = v.object({
  bans: v.array(
    v.object({
      user: v.object({ id: v.string(), name: v.string() }),
      at: v.number(),
      until: v.nullable(v.number()),
      reason: v.nullable(v.string()),
    }),
  ),
});
export type BanLine = v.InferOutput<typeof Bans>["bans"][number];
export const listBans = (room: string) => ask(pathOf(room, "bans"), Bans);

const invite = {
  id: v.string(),
  role: RoleName,
  expiresAt: v.number(),
  maxUses: v.number(),
  uses: v.number(),
};
const Invites = v.object({ invites: v.array(v.object(invite)) });
export type InviteLine = v.InferOutput<typeof Invites>["invites"][number];
export const listInvites = (room: string) => ask(pathOf(room, "invites"), Invites);

const NewInvite = v.object({ path: v.string() });
/** The path of the link; it is told this once. */
export async function makeInvite(
  room: string,
  given: { role: Role; expiresInSeconds: number; maxUses: number },
): Promise<AdminResult<{ path: string }>> {
  const answer = await send("POST", pathOf(room, "invites"), given);
  const parsed = v.safeParse(NewInvite, answer?.body);
  if (answer?.status === 201 && parsed.success) return { ok: true, path: parsed.output.path };
  return refused(answer);
}

const Reports = v.object({
  entries: v.array(
    v.object({
      n: v.number(),
      at: v.number(),
      by: Who,
      seq: v.number(),
      author: Who,
      text: v.string(),
      reason: v.optional(v.string()),
      cleared: v.boolean(),
    }),
  ),
});
export type ReportLine = v.InferOutput<typeof Reports>["entries"][number];
export const listReports = (room: string) => ask(pathOf(room, "reports"), Reports);

const Log = v.object({
  lines: v.array(
    v.object({
      at: v.number(),
      action: v.string(),
      by: v.optional(Who),
      user: v.optional(Who),
      until: v.optional(v.number()),
      seconds: v.optional(v.number()),
      reason: v.optional(v.string()),
      detail: v.optional(v.string()),
    }),
  ),
});
export type LogLine = v.InferOutput<typeof Log>["lines"][number];
export const listLog = (room: string) => ask(pathOf(room, "log"), Log);

/** The ban that keeps this person out of a room; null where there is none, or no answer. */
export const ownBan = async (room: string): Promise<Held | null> =>
  banOf(await send("GET", pathOf(room, "members")));
