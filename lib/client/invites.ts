import * as v from "valibot";
import { refusal, send } from "./account-http";

export type JoinResult =
  | { ok: true; room: string }
  | { ok: false; code: "forbidden" | "not_found" | "rate_limited" | "signed_out" | "unavailable" };

/** Takes an invitation up: uses it once, and makes one a member. `forbidden`: banned there. */
export async function joinByInvite(code: string): Promise<JoinResult> {
  const answer = await send("POST", `/api/invites/${encodeURIComponent(code)}`, {});
  const parsed = v.safeParse(v.object({ room: v.string() }), answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, room: parsed.output.room };
  return refusal(answer, ["forbidden", "not_found", "rate_limited", "signed_out"], []);
}
