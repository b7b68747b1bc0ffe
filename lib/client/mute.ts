import * as v from "valibot";
import { refusal, send } from "./account-http";

export type MuteResult =
  | { ok: true; muted: boolean }
  | { ok: false; code: "forbidden" | "not_found" | "rate_limited" | "signed_out" | "unavailable" };

const ask = async (method: "GET" | "PUT" | "DELETE", room: string): Promise<MuteResult> => {
  const answer = await send(method, `/api/rooms/${encodeURIComponent(room)}/mute`);
  const parsed = v.safeParse(v.object({ muted: v.boolean() }), answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, ...parsed.output };
  return refusal(answer, ["forbidden", "not_found", "rate_limited", "signed_out"], []);
};

/** Mutes a room for this person on all their devices, or takes it back. Never rejects. */
export const muteRoom = (room: string, on: boolean): Promise<MuteResult> =>
  ask(on ? "PUT" : "DELETE", room);

/** Whether it is muted, as another device may have it. Never rejects. */
export const isRoomMuted = (room: string): Promise<MuteResult> => ask("GET", room);
