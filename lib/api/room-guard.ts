import "server-only";
import type { Accounts, LogEntry, RoomAccess } from "../accounts/port";
import { ROOM_ID_PATTERN } from "../protocol/limits";
import { Reason } from "../protocol/values";
import * as v from "valibot";
import { type Action, IN_ARCHIVE, may } from "../room/permissions";
import { banned, Refusal } from "./errors";

/** Whoever acts, as the session named them; the name goes into the room's log. */
export interface Caller {
  id: string;
  name: string;
}

/**
 * The room and the caller's standing in it, where they may do this here.
 * @throws Refusal `not_found`, `forbidden` (with the ban, where there is one), `archived`
 */
export async function roomFor(
  accounts: Accounts,
  caller: Pick<Caller, "id">,
  room: string,
  action: Action,
  now: number,
): Promise<RoomAccess> {
  if (!ROOM_ID_PATTERN.test(room)) throw new Refusal("not_found");
  const access = await accounts.rooms.access(caller.id, room, now);
  if (access === "not_found" || access === "forbidden") throw new Refusal(access);
  if ("ban" in access) throw banned(access.ban);
  if (!may(access.standing, action)) throw new Refusal("forbidden");
  if (access.room.archived && !IN_ARCHIVE.has(action)) throw new Refusal("archived");
  return access;
}

/** A moderator's words, if any. @throws Refusal `bad_request` */
export function readReason(given: unknown): string | undefined {
  if (given === undefined || given === null || given === "") return undefined;
  const reason = typeof given === "string" ? given.trim() : given;
  if (!v.is(Reason, reason)) {
    throw new Refusal("bad_request", { fields: { reason: "Use at most 200 characters." } });
  }
  return reason === "" ? undefined : reason;
}

/** A whole number within bounds, or nothing. @throws Refusal `bad_request` naming the field */
export function readWhole(
  given: unknown,
  field: string,
  [min, max]: readonly [number, number],
): number | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === "number" && Number.isSafeInteger(given) && given >= min && given <= max) {
    return given;
  }
  const text = `Use a whole number from ${min} to ${max}.`;
  throw new Refusal("bad_request", { fields: { [field]: text } });
}

/** A line of a room's log. */
export const logLine = (
  room: string,
  action: string,
  { id, name }: Caller,
  at: number,
  more: Partial<Pick<LogEntry, "user" | "detail" | "reason" | "until">> = {},
): LogEntry => ({ room, at, action, by: { id, name }, ...more });
