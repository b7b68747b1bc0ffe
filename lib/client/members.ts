import { type Fields, refusal, send } from "./account-http";

export type AddMemberResult =
  | { ok: true }
  | {
      ok: false;
      code:
        | "bad_request"
        | "conflict"
        | "forbidden"
        | "not_found"
        | "rate_limited"
        | "signed_out"
        | "unavailable";
      fields?: Fields<"email">;
    };

/** Adds a person with an account to a room, as a member; never changes the role of one who is in. */
export async function addMember(room: string, email: string): Promise<AddMemberResult> {
  const path = `/api/rooms/${encodeURIComponent(room)}/members`;
  const answer = await send("POST", path, { email, role: "member", onlyNew: true });
  if (answer?.status === 201) return { ok: true };
  return refusal(
    answer,
    ["bad_request", "conflict", "forbidden", "not_found", "rate_limited", "signed_out"],
    ["email"],
  );
}

export type LeaveRoomResult =
  | { ok: true }
  | { ok: false; code: "conflict" | "not_found" | "rate_limited" | "signed_out" | "unavailable" };

/** Takes oneself off the list of a room; `conflict` where nobody else owns it. */
export async function leaveRoom(room: string, person: string): Promise<LeaveRoomResult> {
  const path = `/api/rooms/${encodeURIComponent(room)}/members/${encodeURIComponent(person)}`;
  const answer = await send("DELETE", path);
  if (answer?.status === 200) return { ok: true };
  return refusal(answer, ["conflict", "not_found", "rate_limited", "signed_out"], []);
}
