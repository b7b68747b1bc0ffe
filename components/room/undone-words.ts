import type { ChangeResult, Undone } from "@/lib/client/types";
import type { ErrorCode } from "@/lib/protocol/codes";

/** Why a change was not even asked for. */
export const NOT_ASKED: Record<Extract<ChangeResult, { ok: false }>["reason"], string> = {
  empty: "Write something, or delete the message.",
  too_long: "This is too long for one message. Shorten it.",
  too_many: "A hundred changes are waiting already. Try again when some have gone.",
  not_found: "The message was deleted meanwhile. Your words are still here.",
};

const REASONS: Partial<Record<ErrorCode, string>> = {
  muted: "You are muted in this room.",
  forbidden: "You may not do this here.",
  not_found: "The message was deleted meanwhile.",
  conflict: "There are too many reactions already.",
  too_large: "It is too long.",
  rate_limited: "Too much at once.",
};
const WHAT = { edit: "Not changed.", delete: "Not deleted.", react: "Reaction not taken." };

/** "Not changed. You are muted in this room." */
export function notDone({ wish, error }: Undone): string {
  const reason = error && REASONS[error];
  return reason ? `${WHAT[wish.kind]} ${reason}` : WHAT[wish.kind];
}
