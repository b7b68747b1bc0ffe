/** Where the party is reached: one rule for the page, its policy and the app. */

const LOOPBACK = /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const HOST = /^(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/i;

/** True for a host name, without port, that never leaves this machine (RFC 6761, RFC 1122). */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname.toLowerCase());

/**
 * The party's two origins for a host like `party.example.com` or `127.0.0.1:1999`:
 * plain only on this machine, TLS everywhere else. Null where it is not a bare host.
 */
export function partyOrigins(host: string): { http: string; ws: string } | null {
  if (!HOST.test(host)) return null;
  try {
    const { hostname, host: canonical } = new URL(`http://${host}`);
    const plain = isLoopback(hostname);
    // The URL parser drops the scheme's own port; https must drop 443, not 80.
    const name = plain ? canonical : new URL(`https://${host}`).host;
    return plain
      ? { http: `http://${name}`, ws: `ws://${name}` }
      : { http: `https://${name}`, ws: `wss://${name}` };
  } catch {
    return null;
  }
}
