import type { OpenDirectResult } from "@/lib/client/direct";

/** Why there is no room between two people. */
export const DIRECT_REFUSED: Record<Extract<OpenDirectResult, { ok: false }>["code"], string> = {
  bad_request: "That is your own address. Enter somebody else’s.",
  forbidden: "One of you has hidden the other, so neither can write. Settings shows whom you hide.",
  not_found: "Nobody here has that email. Ask them to make an account first.",
  rate_limited: "Too many at once. Try again in a minute.",
  signed_out: "You’re signed out. Sign in again, then write to them.",
  unavailable: "Not opened: the app did not answer. Try again.",
};
