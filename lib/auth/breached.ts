import "server-only";
import { createHash } from "node:crypto";
import { bytesOf } from "../api/body";
import { inTime } from "../api/in-time";
import { logEvent } from "../api/log";
import { count } from "../observe/metrics";
import { rangeHas, splitDigest } from "./password-range";

/** Somebody waits for their account: longer than this nothing is asked. */
const TIME_LIMIT_MS = 1_500;
/** Ranges have about 80 KB, padded ones a little more. */
const MAX_RANGE_BYTES = 1024 * 1024;

/** Whether a password is known from a breach. Never rejects. */
export type BreachCheck = (password: string) => Promise<boolean>;

type Failure = "silent" | "refused" | "too_large" | "garbage";

/**
 * Asks the list at `url` (PASSWORD_RANGE_URL), or nobody where it is null. Five characters of the
 * digest leave this machine and no more. **Fails open**: a list that is silent, slow or broken keeps
 * nobody from an account; the log and `guestlist_password_ranges_total` tell.
 */
export function breachCheck(url: string | null, timeLimitMs = TIME_LIMIT_MS): BreachCheck {
  if (url === null) return async () => false;
  return async (password) => {
    // In the form in which it is stored (password.ts).
    const digest = createHash("sha1").update(password.normalize("NFKC")).digest("hex");
    const { prefix, suffix } = splitDigest(digest);
    const asked = askRange(`${url}/${prefix}`, timeLimitMs);
    const range = await inTime<Range>(asked, timeLimitMs, { failure: "silent" });
    const has = "text" in range ? rangeHas(range.text, suffix) : null;
    const outcome = has === null ? "unknown" : has ? "breached" : "clear";
    count("guestlist_password_ranges_total", { outcome });
    if (has === null) {
      const code: Failure = "failure" in range ? range.failure : "garbage";
      logEvent("password_range_unknown", { code });
    }
    return has ?? false;
  };
}

type Range = { text: string } | { failure: Failure };

async function askRange(address: string, timeLimitMs: number): Promise<Range> {
  try {
    const response = await fetch(address, {
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeLimitMs),
      // Answers of one length tell whoever watches the line no prefix.
      headers: { "add-padding": "true", accept: "text/plain" },
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { failure: "refused" };
    }
    const bytes = await bytesOf(response.body, MAX_RANGE_BYTES);
    return bytes ? { text: bytes.toString("latin1") } : { failure: "too_large" };
  } catch {
    return { failure: "silent" };
  }
}
