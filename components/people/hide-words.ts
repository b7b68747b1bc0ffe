import type { HideResult } from "@/lib/client/direct";

/** Why somebody is as hidden, or as shown, as before. */
export const HIDE_REFUSED: Record<Extract<HideResult, { ok: false }>["code"], string> = {
  not_found: "Their account is gone.",
  rate_limited: "Too many at once. Try again in a minute.",
  signed_out: "You’re signed out. Sign in again, then repeat this.",
  unavailable: "Nothing changed: the app did not answer. Try again.",
};
