import * as v from "valibot";
import { refusal, send } from "./account-http";

/** Rooms between two people, and people whom one does not want to see. Nothing here rejects. */

export type OpenDirectResult =
  | { ok: true; id: string }
  | {
      ok: false;
      code:
        "bad_request" | "forbidden" | "not_found" | "rate_limited" | "signed_out" | "unavailable";
    };

/** The room with another person, made where there is none yet; `forbidden` where one has hidden the other. */
export async function openDirect(
  other: { user: string } | { email: string },
): Promise<OpenDirectResult> {
  const answer = await send("POST", "/api/direct", other);
  const parsed = v.safeParse(v.object({ id: v.string() }), answer?.body);
  if (answer?.status === 200 && parsed.success) return { ok: true, id: parsed.output.id };
  return refusal(
    answer,
    ["bad_request", "forbidden", "not_found", "rate_limited", "signed_out"],
    [],
  );
}

export type HideResult =
  { ok: true } | { ok: false; code: "not_found" | "rate_limited" | "signed_out" | "unavailable" };

/** Hides a person for oneself (`on`), or shows them again. */
export async function hidePerson(user: string, on: boolean): Promise<HideResult> {
  const path = `/api/hidden/${encodeURIComponent(user)}`;
  const answer = await (on ? send("PUT", path, {}) : send("DELETE", path));
  if (answer?.status === 200) return { ok: true };
  return refusal(answer, ["not_found", "rate_limited", "signed_out"], []);
}
