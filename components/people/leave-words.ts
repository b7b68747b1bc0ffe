import type { LeaveRoomResult } from "@/lib/client/members";

/** Why somebody could not leave a room. */
export const LEAVE_REFUSED: Record<Extract<LeaveRoomResult, { ok: false }>["code"], string> = {
  conflict: "You’re the only owner here, and a room needs one.",
  not_found: "You’re not on the list of this room any more.",
  signed_out: "You’re signed out. Sign in again, then leave.",
  rate_limited: "Too many at once. Try again in a minute.",
  unavailable: "You’re still in: the app did not answer. Try again.",
};
