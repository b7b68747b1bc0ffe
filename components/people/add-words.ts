import type { AddMemberResult } from "@/lib/client/members";

/** What an attempt to add somebody says when it could not be. */
export const ADD_REFUSED: Record<Extract<AddMemberResult, { ok: false }>["code"], string> = {
  bad_request: "Enter an email address like ada@example.com.",
  conflict: "They are on the list already.",
  not_found: "Nobody here has that email. Ask them to make an account first.",
  forbidden: "You may not add people to this room any more.",
  signed_out: "You’re signed out. Sign in again, then add them.",
  rate_limited: "Too many at once. Try again in a minute.",
  unavailable: "Not added: the app did not answer. Try again.",
};
