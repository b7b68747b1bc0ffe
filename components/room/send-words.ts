import type { ErrorCode } from "@/lib/protocol/codes";

/** Why a message was not sent, where a person can do something about it. */
const REASONS: Partial<Record<ErrorCode, string>> = {
  muted: "You are muted in this room.",
  forbidden: "You may not write in this room.",
  too_large: "It is too long.",
  empty_message: "There is nothing visible in it.",
  rate_limited: "Too much at once.",
};

/** "Not sent. You are muted in this room. It's still here:", to be followed by what can be done. */
export function notSent(error: ErrorCode | undefined): string {
  const reason = error && REASONS[error];
  return reason ? `Not sent. ${reason} It's still here:` : "Not sent. It's still here:";
}
