/** What the next token request is answered in place of the app. */
export const FALSE_ANSWERS = ["401", "429", "500", "hang"] as const;
export type FalseAnswer = (typeof FALSE_ANSWERS)[number];

/** The code in the body, as the app answers: a status alone is no word of it. */
const CODES = { "401": "signed_out", "429": "rate_limited", "500": "internal" } as const;
const RETRY_AFTER_SECONDS = "5";

/** An answer that the app has not given; `hang` gives none until the client gives up. */
export function falseAnswer(kind: FalseAnswer, signal: AbortSignal | null): Promise<Response> {
  if (kind === "hang") {
    return new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(new DOMException("given up", "AbortError"))),
    );
  }
  const headers = kind === "429" ? { "retry-after": RETRY_AFTER_SECONDS } : undefined;
  const init = { status: Number(kind), ...(headers && { headers }) };
  return Promise.resolve(Response.json({ code: CODES[kind], message: "" }, init));
}
