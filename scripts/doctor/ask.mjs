import { Ill } from "./ill.mjs";

/** As long as a browser of ours waits for a token. */
export const TIMEOUT_MS = 10_000;
const MAX_BODY_CHARACTERS = 2_000_000;

const TROUBLE = {
  ENOTFOUND: "there is no such host (DNS)",
  EAI_AGAIN: "the name could not be looked up (DNS)",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "no answer",
  UND_ERR_CONNECT_TIMEOUT: "no answer",
  UND_ERR_SOCKET: "the connection was cut",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate chain is not complete",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate chain is not complete",
  EPROTO: "it does not speak TLS there",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS there",
};

/** What went wrong on the way, in words; never the error's own text, which may hold an address. */
export function troubleOf(error) {
  if (error?.name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1000} s`;
  const { code } = error?.cause?.errors?.[0] ?? error?.cause ?? error ?? {};
  return TROUBLE[code] ?? (code ? `it failed (${code})` : "it failed");
}

/**
 * One request, answered or `Ill`. Redirects are not followed, and nothing waits for ever.
 * @param {string} url
 * @param {RequestInit & {json?: unknown, form?: Record<string, string>, remedy?: string}} [init]
 * @returns {Promise<{status: number, headers: Headers, text: string, body: any, ms: number, at: number}>}
 *   `body`: the JSON, or undefined; `at`: the middle of the request, on `Date.now()`
 */
export async function ask(url, { json, form, remedy, ...init } = {}) {
  const from = Date.now();
  const started = performance.now();
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...init,
      headers: { ...init.headers, ...(json && { "content-type": "application/json" }) },
      ...(json && { body: JSON.stringify(json) }),
      ...(form && { body: new URLSearchParams(form) }),
    });
    const text = (await response.text()).slice(0, MAX_BODY_CHARACTERS);
    const ms = performance.now() - started;
    const { status, headers } = response;
    return { status, headers, text, body: parsed(text), ms, at: from + ms / 2 };
  } catch (error) {
    throw new Ill(troubleOf(error), remedy ?? `Try it by hand: curl -i ${new URL(url).origin}`);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A word of the other side's for the table: short, on one line, never a token. */
export const word = (value) => {
  const text = String(value ?? "").replace(/[^\w .:/@*-]/g, "");
  return /eyJ/.test(text) ? "…" : text.slice(0, 80);
};

/** When an answer says to come back, in words; "" if it does not. */
export function retryAfter({ headers }) {
  const seconds = headers.get("retry-after");
  return seconds ? `, again in ${word(seconds)} s` : "";
}
