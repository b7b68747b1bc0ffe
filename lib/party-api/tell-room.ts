import "server-only";
import { insist } from "./insist";
import { callParty } from "./request";

const PUSH_TIMEOUT_MS = 2_000;

const post = async (room: string, path: string, body: unknown): Promise<boolean> =>
  (await callParty(room, path, { timeoutMs: PUSH_TIMEOUT_MS, method: "POST", body })) !== null;

/** Something to say to a room, as it is right now; null where it is not true any more. */
type Current = () => Promise<Record<string, unknown> | null>;

/**
 * Tells a room, and where it does not confirm tells it again in the background what is true by
 * then: a later word must not be undone by an earlier one. A database that cannot tell leaves the
 * first word standing.
 */
async function tell(
  event: string,
  room: string,
  path: string,
  body: Record<string, unknown>,
  current: Current,
): Promise<boolean> {
  if (await post(room, path, body)) return true;
  insist(event, [room], async () => {
    const now = await current().catch(() => body);
    return now === null || post(room, path, now);
  });
  return false;
}

/** What the room holds to: archived, deleted, its name. */
export const tellSettings = (
  room: string,
  settings: Record<string, unknown>,
  current: Current,
): Promise<boolean> => tell("settings", room, "/settings", settings, current);

/** Settings that only the room keeps. False where it did not confirm, and then they are not set. */
export const setInRoom = (room: string, settings: Record<string, unknown>): Promise<boolean> =>
  post(room, "/settings", settings);

/** A ban, or its end. */
export const tellSanction = (
  room: string,
  sanction: Record<string, unknown>,
  current: Current,
): Promise<boolean> => tell("sanction", room, "/sanctions", sanction, current);

/** Takes a person whose account is gone out of a room's history. */
export const tellForget = (
  room: string,
  user: string,
  how: "anonymise" | "erase",
): Promise<boolean> => post(room, "/forget", { user, messages: how });

/** One report less; with `remove` the message that it is about is deleted too. */
export const resolveReport = (
  room: string,
  report: number,
  remove?: { by: { id: string; name: string }; seq: number; reason?: string | undefined },
): Promise<boolean> => post(room, "/reports", { resolve: report, ...(remove && { remove }) });
