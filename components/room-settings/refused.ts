import type { AdminCode, AdminResult } from "@/lib/client/room-admin";
import type { Outcome } from "../ui/use-form";

const REFUSED: Record<AdminCode, string> = {
  archived: "This room is archived: nothing in it changes until it is opened again.",
  bad_request: "That was not understood. Check what you entered.",
  conflict: "It has changed in the meantime. Load this page again.",
  forbidden: "You may not do this any more.",
  not_found: "It is not there any more.",
  rate_limited: "Too many at once. Try again in a minute.",
  signed_out: "You’re signed out. Sign in again, then do this.",
  unavailable: "Nothing was changed: the server did not answer. Try again.",
};

export const refusedWords = (code: AdminCode): string => REFUSED[code];

/** What a form says of a refusal: beside the field where one is to blame, else as a sentence. */
export function refusedOutcome<F extends string>(
  result: Extract<AdminResult, { ok: false }>,
  fields: readonly F[],
): Outcome<F> {
  const errors: Partial<Record<F, string>> = {};
  const given: Partial<Record<string, string>> = result.fields ?? {};
  for (const name of fields) {
    const text = given[name];
    if (text) errors[name] = text;
  }
  return Object.keys(errors).length > 0 ? { errors } : { refusal: REFUSED[result.code] };
}
