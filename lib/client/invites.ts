import * as v from "valibot";
import { refusal, send } from "./account-http";
import { banOf } from "./ban";
import type { Held } from "./types";

const pathOf = (code: string): string => `/api/invites/${encodeURIComponent(code)}`;

export type JoinResult =
  | { ok: true; room: string }
  | { ok: false; code: "forbidden" | "not_found" | "rate_limited" | "signed_out" | "unavailable" };

/** Takes an invitation up: uses it once, and makes one a member. `forbidden`: banned there. */
export async function joinByInvite(code: string): Promise<JoinResult> {
  const answer = await send("POST", pathOf(code), {});
  const parsed = v.safeParse(v.object({ room: v.string() }), answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, room: parsed.output.room };
  return refusal(answer, ["forbidden", "not_found", "rate_limited", "signed_out"], []);
}

/** The ban that keeps this person from where an invitation leads; null where there is none, or no answer. */
export const banAtInvite = async (code: string): Promise<Held | null> =>
  banOf(await send("GET", pathOf(code)));
