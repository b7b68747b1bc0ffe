import { tellTabs } from "./account-channel";
import { type Answer, type Fields, refusal, send } from "./account-http";

/** What a person changes about their own account. Nothing here rejects. */

type Refused<C extends string, K extends string> = {
  ok: false;
  code: C | "rate_limited" | "signed_out" | "unavailable";
  fields?: Fields<K>;
  retryAfterSeconds?: number;
};

/** Hears `change` when this page has ended login sessions of its person. */
export const sessionsChanged = new EventTarget();

export async function changeName(
  name: string,
): Promise<{ ok: true } | Refused<"bad_request", "name">> {
  const answer = await send("PATCH", "/api/account", { name });
  return outcome(answer, ["bad_request"], ["name"]);
}

/** All other sessions of this person end with it. */
export async function changePassword(given: {
  current: string;
  password: string;
}): Promise<
  { ok: true } | Refused<"bad_request" | "conflict" | "forbidden", "current" | "password">
> {
  const answer = await send("POST", "/api/account/password", given);
  const result = outcome(answer, ["bad_request", "conflict", "forbidden"], ["current", "password"]);
  if (result.ok) sessionsChanged.dispatchEvent(new Event("change"));
  return result;
}

/** What becomes of what a person wrote when their account goes. */
export const MESSAGE_FATES = ["keep", "anonymise", "erase"] as const;
export type MessageFate = (typeof MESSAGE_FATES)[number];

/** For good. `password` is empty for people who have none and signed in a moment ago. */
export async function deleteAccount(
  password: string,
  messages: MessageFate,
): Promise<{ ok: true } | Refused<"bad_request" | "sign_in_again", "current">> {
  const answer = await send("DELETE", "/api/account", { password, messages, confirm: true });
  const result = outcome(answer, ["bad_request", "sign_in_again"], ["current"]);
  if (result.ok) tellTabs("signed_out");
  return result;
}

function outcome<C extends string, K extends string>(
  answer: Answer | null,
  codes: readonly C[],
  names: readonly K[],
): { ok: true } | Refused<C, K> {
  if (answer?.status === 200) return { ok: true };
  return refusal(answer, [...codes, "rate_limited", "signed_out"] as const, names);
}
