import type { ErrorCode } from "../protocol";

export interface Refusal {
  id: string;
  code: ErrorCode;
  retryable: boolean;
  retryAfterMs?: number | undefined;
}

const MAX_TRIES = 5;
const RETRY_BASE_MS = 1_000;
const RETRY_CAP_MS = 30_000;

/** What a refusal means for something that was tried `tries` times before: later again, or the end. */
export function afterRefusal(
  tries: number,
  { code, retryable, retryAfterMs }: Refusal,
  now: number,
): { failed: true } | { failed: false; tries: number; blockedUntil: number } {
  // Neither is a verdict on what was asked, so neither counts against it.
  const innocent = code === "rate_limited" || code === "auth_expired";
  const after = tries + (innocent ? 0 : 1);
  if (!retryable || after >= MAX_TRIES) return { failed: true };
  // After `auth_expired` nothing may be sent before a new lease, and then at once.
  const wait = code === "auth_expired" ? 0 : RETRY_BASE_MS * 2 ** Math.max(0, after - 1);
  const blockedUntil = now + (retryAfterMs ?? Math.min(RETRY_CAP_MS, wait));
  return { failed: false, tries: after, blockedUntil };
}
