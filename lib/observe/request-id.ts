/**
 * The id of one request: made once at the app's door, answered in `x-request-id`, on every log line
 * that the request causes, and handed on to the party.
 */
export const REQUEST_ID_HEADER = "x-request-id";
/** What a log line may hold of it: no spaces, no quotes, nothing that starts a line. */
const FORM = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,99}$/;

export const isRequestId = (text: unknown): text is string =>
  typeof text === "string" && FORM.test(text);

/** Who stands in front of the app and may have given the request an id. */
export interface Before {
  /** Vercel writes `x-vercel-id` over whatever a visitor sends. */
  vercel: boolean;
  /** A proxy of ours, which sets `x-request-id` (TRUST_PROXY). */
  proxy: boolean;
}

/** The id that the platform or our proxy gave, else a fresh one: a visitor never chooses it. */
export function requestIdOf(
  headers: { get(name: string): string | null },
  { vercel, proxy }: Before,
  make: () => string,
): string {
  const given = vercel ? headers.get("x-vercel-id") : proxy ? headers.get(REQUEST_ID_HEADER) : null;
  return isRequestId(given) ? given : make();
}
