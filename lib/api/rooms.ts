import "server-only";
import type { Accounts, Room, RoomMember } from "../accounts/port";
import { normaliseText } from "../auth/name";
import { changeRole, clearHistory, revokeUser } from "../party-api/revoke";
import { setInRoom, tellSettings } from "../party-api/tell-room";
import { MAX_RETENTION_DAYS, MAX_SLOW_SECONDS } from "../protocol/limits";
import type { Action } from "../room/permissions";
import { Refusal } from "./errors";
import { type Caller, logLine, readReason, readWhole, roomFor } from "./room-guard";
import { chosenRoomName, isVisibility, MAX_TOPIC_CHARACTERS } from "./room-input";

type Given = Record<string, unknown>;

/** Everybody on a room's list with their role, for whoever may enter it. */
export async function membersOf(
  accounts: Accounts,
  caller: Caller,
  room: string,
  now: number,
): Promise<{ members: RoomMember[]; standing: string }> {
  const { standing } = await roomFor(accounts, caller, room, "read", now);
  return { members: await accounts.rooms.members(room), standing };
}

interface Changes {
  name?: string;
  topic?: string | null;
  visibility?: Room["visibility"];
  archived?: boolean;
  slowSeconds?: number;
  retentionDays?: number | null;
}

const NEEDS: Record<keyof Changes, Action> = {
  name: "rename",
  topic: "set_topic",
  visibility: "set_visibility",
  archived: "archive",
  slowSeconds: "slow",
  retentionDays: "set_retention",
};

/**
 * Changes what is given of a room, if all of it may be changed by the caller. Slow mode and
 * retention are the room's own to keep: where it cannot be reached nothing is changed.
 */
export async function changeRoom(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Given,
  now: number,
): Promise<Changes> {
  const changes = readChanges(given);
  const fields = Object.keys(changes) as (keyof Changes)[];
  if (fields.length === 0) throw new Refusal("bad_request");
  for (const field of fields) await roomFor(accounts, caller, room, NEEDS[field], now);
  const reason = readReason(given.reason);
  const { slowSeconds, retentionDays, ...rest } = changes;
  const detail = JSON.stringify(changes);
  const line = logLine(room, "change", caller, now, { detail, reason });

  const inRoom = {
    ...(slowSeconds !== undefined && { slowSeconds }),
    ...(retentionDays !== undefined && { retentionDays }),
  };
  if (Object.keys(inRoom).length > 0 && !(await setInRoom(room, inRoom))) {
    throw new Refusal("unavailable");
  }
  if (Object.keys(rest).length === 0) await accounts.roomLog.write(line);
  else await accounts.rooms.update(room, rest, line);
  await tellOthers(accounts, room, rest, now);
  return changes;
}

async function tellOthers(
  accounts: Accounts,
  room: string,
  { visibility, ...told }: Omit<Changes, "slowSeconds" | "retentionDays">,
  now: number,
): Promise<void> {
  const settings = { ...told };
  if (Object.keys(settings).length > 0) {
    await tellSettings(room, settings, async () => {
      const about = await accounts.rooms.about(room);
      if (!about) return null;
      const { name, topic, archived } = about;
      return { name, topic, archived };
    });
  }
  if (visibility === undefined || visibility === "public") return;
  // Who came in while everybody could is not on the list, and has to leave.
  const strangers = await accounts.mints.strangersIn(room, now);
  await Promise.all(
    strangers.map((user) =>
      revokeUser(room, user, "removed", async () => {
        return (await accounts.rooms.access(user, room, Date.now())) === "forbidden";
      }),
    ),
  );
}

function readChanges(given: Given): Changes {
  const changes: Changes = {};
  const fields: Record<string, string> = {};
  if (given.name !== undefined) {
    const chosen = chosenRoomName(given.name);
    if ("name" in chosen) changes.name = chosen.name;
    else fields.name = chosen.problem;
  }
  if (given.topic !== undefined) {
    const empty = given.topic === null || given.topic === "";
    const topic = empty ? null : normaliseText(given.topic, MAX_TOPIC_CHARACTERS);
    if (topic || empty) changes.topic = topic;
    else fields.topic = `Use at most ${MAX_TOPIC_CHARACTERS} characters.`;
  }
  if (given.visibility !== undefined) {
    if (isVisibility(given.visibility)) changes.visibility = given.visibility;
    else fields.visibility = "Choose public, invite-only or private.";
  }
  if (given.archived !== undefined) {
    if (typeof given.archived === "boolean") changes.archived = given.archived;
    else fields.archived = "Say true or false.";
  }
  if (Object.keys(fields).length > 0) throw new Refusal("bad_request", { fields });
  const slowSeconds = readWhole(given.slowSeconds, "slowSeconds", [0, MAX_SLOW_SECONDS]);
  if (slowSeconds !== undefined) changes.slowSeconds = slowSeconds;
  if (given.retentionDays === null) changes.retentionDays = null;
  const days = readWhole(given.retentionDays, "retentionDays", [1, MAX_RETENTION_DAYS]);
  if (days !== undefined) changes.retentionDays = days;
  return changes;
}

/** Deletes a room for good, with all that was said in it. `confirm` is the room's id. */
export async function deleteRoom(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Given,
  now: number,
): Promise<void> {
  await roomFor(accounts, caller, room, "delete_room", now);
  if (given.confirm !== room) {
    throw new Refusal("bad_request", { fields: { confirm: `Type ${room} to delete the room.` } });
  }
  await accounts.rooms.remove(room, logLine(room, "delete_room", caller, now));
  await tellSettings(room, { gone: true }, async () => ({ gone: true }));
}

/** Hands the room to one of its members; who owned it moderates it from then on. */
export async function transferRoom(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Given,
  now: number,
): Promise<void> {
  await roomFor(accounts, caller, room, "transfer", now);
  const heir = typeof given.user === "string" ? await accounts.people.byId(given.user) : null;
  if (!heir || !(await accounts.rooms.memberRole(room, heir.id))) throw new Refusal("not_found");
  if (heir.disabledAt !== null) throw new Refusal("conflict");
  const { id, name } = heir;
  const line = logLine(room, "transfer", caller, now, { user: { id, name } });
  if (!(await accounts.rooms.transfer(room, caller.id, id, line))) throw new Refusal("conflict");
  await Promise.all(
    [id, caller.id].map(async (user) => {
      const role = () => accounts.rooms.memberRole(room, user);
      await changeRole(room, user, user === id ? "owner" : "moderator", role);
    }),
  );
}

/** Clears what was said, for everybody. */
export async function clearRoom(
  accounts: Accounts,
  caller: Caller,
  room: string,
  given: Given,
  now: number,
): Promise<void> {
  await roomFor(accounts, caller, room, "clear", now);
  const reason = readReason(given.reason);
  if (!(await clearHistory(room))) throw new Refusal("unavailable");
  await accounts.roomLog.write(logLine(room, "clear", caller, now, { reason }));
}
