import { Refusal } from "./errors";

/**
 * Refuses a request that another site's page could have caused. Browsers send `Origin` with every
 * request that changes something and, the current ones, `Sec-Fetch-Site` with all; a page can forge
 * neither. A program that is no browser sends neither and carries nobody's cookie by accident.
 * `Origin: null` is a sandboxed or redirected page: refused.
 */
export function requireSameOrigin(headers: Headers, origin: string): void {
  const given = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (given !== null && given !== origin) throw new Refusal("forbidden");
  if (site !== null && site !== "same-origin") throw new Refusal("forbidden");
}
