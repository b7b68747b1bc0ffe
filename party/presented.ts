import type { RoomEvent } from "../lib/room/events";
import type { FrameOf } from "../lib/room/state";
import { passOf } from "./handover";
import type { Settings } from "./settings";

/** Verifies a token that is presented on an open socket, and makes an event of the outcome. */
export async function presented(
  connection: string,
  { id, token }: FrameOf<"auth.refresh">,
  room: string,
  settings: Settings | null,
): Promise<RoomEvent> {
  const event = { type: "refresh", connection, id, share: Math.random() } as const;
  const verified = await settings?.verifier.verify(token, {
    use: "refresh",
    now: Date.now(),
    room,
  });
  if (verified?.ok) return { ...event, presented: { ok: true, pass: passOf(verified.claims) } };
  return { ...event, presented: { ok: false, code: codeOf(verified?.reason) } };
}

function codeOf(reason: string | undefined): "unauthorized" | "token_expired" | "unavailable" {
  if (reason === "expired") return "token_expired";
  return reason === "unavailable" ? "unavailable" : "unauthorized";
}
