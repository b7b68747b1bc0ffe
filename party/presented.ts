import type { RoomEvent } from "../lib/room/events";
import type { FrameOf } from "../lib/room/state";
import { passOf } from "./handover";
import type { Settings } from "./settings";

/** Verifies a token that is presented on an open socket, and makes an event of the outcome. */
export async function presented(
  connection: string,
  { id, token }: FrameOf<"auth.refresh">,
  settings: Settings | null,
): Promise<RoomEvent> {
  const event = { type: "refresh", connection, id, share: Math.random() } as const;
  const verified = await settings?.verifier.verify(token, { use: "refresh", now: Date.now() });
  if (verified?.ok) return { ...event, presented: { ok: true, pass: passOf(verified.claims) } };
  const code = verified?.reason === "expired" ? "token_expired" : "unauthorized";
  return { ...event, presented: { ok: false, code } };
}
