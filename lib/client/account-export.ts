import * as v from "valibot";

export type ExportResult =
  /** `unread`: rooms that did not answer; what was said there is missing. */
  | { ok: true; file: Blob; messages: number; unread: number }
  | {
      ok: false;
      code: "rate_limited" | "signed_out" | "unavailable";
      /** Seconds to wait, with `rate_limited`. */
      retryAfterSeconds?: number;
    };

const Export = v.object({ messages: v.array(v.unknown()), unread: v.array(v.string()) });

/** Everything that is kept of whoever asks, as one JSON file. It may take minutes. Never rejects. */
export async function exportAccount(): Promise<ExportResult> {
  try {
    const response = await fetch("/api/account/export", {
      cache: "no-store",
      credentials: "same-origin",
    });
    if (response.status === 401) return { ok: false, code: "signed_out" };
    if (response.status === 429) {
      const retryAfterSeconds = Number(response.headers.get("retry-after")) || 60;
      return { ok: false, code: "rate_limited", retryAfterSeconds };
    }
    if (response.status !== 200) return { ok: false, code: "unavailable" };
    const file = await response.blob();
    // A file that broke off is none: half of one's data would pass for all of it.
    const parsed = v.safeParse(Export, JSON.parse(await file.text()));
    if (!parsed.success) return { ok: false, code: "unavailable" };
    const { messages, unread } = parsed.output;
    return { ok: true, file, messages: messages.length, unread: unread.length };
  } catch {
    return { ok: false, code: "unavailable" };
  }
}
