import "server-only";
import * as v from "valibot";
import { MOD_ACTIONS } from "../protocol/server-frames";
import { Message } from "../protocol/values";
import { callParty } from "./request";

/** What a room keeps, page by page, newest first. Null where the room does not answer. */

const PAGE_TIMEOUT_MS = 5_000;
export const PAGE = 100;

const Name = v.object({ id: v.string(), name: v.optional(v.string()) });
const AuditPage = v.object({
  entries: v.array(
    v.object({
      n: v.number(),
      at: v.number(),
      action: v.picklist(MOD_ACTIONS),
      by: v.optional(Name),
      user: v.optional(Name),
      seq: v.optional(v.number()),
      seconds: v.optional(v.number()),
      until: v.optional(v.number()),
      reason: v.optional(v.string()),
    }),
  ),
  hasMore: v.boolean(),
});
export type AuditPage = v.InferOutput<typeof AuditPage>;

const ReportPage = v.object({
  entries: v.array(
    v.object({
      n: v.number(),
      at: v.number(),
      by: Name,
      seq: v.number(),
      author: Name,
      text: v.string(),
      reason: v.optional(v.string()),
      /** The history that it was in has been cleared. */
      cleared: v.boolean(),
    }),
  ),
  hasMore: v.boolean(),
});
export type ReportPage = v.InferOutput<typeof ReportPage>;

const OwnPage = v.object({ messages: v.array(Message), next: v.optional(v.number()) });
export type OwnPage = v.InferOutput<typeof OwnPage>;

async function ask<T extends v.GenericSchema>(
  room: string,
  path: string,
  schema: T,
): Promise<v.InferOutput<T> | null> {
  const parsed = v.safeParse(schema, await callParty(room, path, { timeoutMs: PAGE_TIMEOUT_MS }));
  return parsed.success ? parsed.output : null;
}

const range = (before: number | null, limit = PAGE): string =>
  `limit=${limit}${before === null ? "" : `&before=${before}`}`;

export const auditPage = (room: string, before: number | null): Promise<AuditPage | null> =>
  ask(room, `/audit?${range(before)}`, AuditPage);

export const reportPage = (room: string, before: number | null): Promise<ReportPage | null> =>
  ask(room, `/reports?${range(before)}`, ReportPage);

/** Of one page of a room's history what one person wrote; `next` is the page before it. */
export const ownPage = (
  room: string,
  user: string,
  before: number | null,
): Promise<OwnPage | null> =>
  ask(room, `/messages?${range(before)}&user=${encodeURIComponent(user)}`, OwnPage);
