import type { parseClientFrame } from "../lib/protocol/parse";
import type { RoomEvent } from "../lib/room/events";
import type { FrameOf } from "../lib/room/state";
import { passOf } from "./handover";
import { objectOf } from "./previews";
import type { Settings } from "./settings";

/** What was read of what a connection said; null: it was not even text. */
export type Read = ReturnType<typeof parseClientFrame> | null;

export const presentsToken = (read: Read): read is { ok: true; frame: FrameOf<"auth.refresh"> } =>
  read !== null && read.ok && read.frame.type === "auth.refresh";

/** A frame that needs no verifying, or what was no frame, as an event. */
export function eventOf(connection: string, read: Read): RoomEvent {
  if (read === null) return { type: "unreadable", connection, code: "binary" };
  if (!read.ok) return { type: "unreadable", connection, code: read.code, id: read.id };
  return { type: "frame", connection, frame: read.frame };
}

/** Verifies a token that is presented on an open socket, and makes an event of the outcome. */
export async function presented(
  connection: string,
  { id, token }: FrameOf<"auth.refresh">,
  room: string,
  settings: Settings | null,
): Promise<RoomEvent> {
  const event = { type: "refresh", connection, id, share: Math.random() } as const;
  if (!settings) return { ...event, presented: { ok: false, code: "unauthorized" } };
  const verified = await settings.verifier.verify(token, {
    use: "refresh",
    now: Date.now(),
    room,
  });
  if (!verified.ok) return { ...event, presented: { ok: false, code: codeOf(verified.reason) } };
  // The room compares what a token opens with itself: so no preview renews what the app has opened.
  const pass = passOf(verified.claims, objectOf(verified.claims, settings));
  return { ...event, presented: { ok: true, pass } };
}

function codeOf(reason: string): "unauthorized" | "token_expired" | "unavailable" {
  if (reason === "expired") return "token_expired";
  return reason === "unavailable" ? "unavailable" : "unauthorized";
}
