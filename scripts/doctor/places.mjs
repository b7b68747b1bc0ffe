import { Stop } from "../lib/say.mjs";

/** The same names as in lib/protocol/address.ts: what never leaves this machine (RFC 6761). */
const LOOPBACK = /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export const isLoopback = (hostname) => LOOPBACK.test(hostname.toLowerCase());

function parse(given, what) {
  const text = /^[a-z]+:\/\//i.test(given) ? given : `https://${given}`;
  const url = URL.parse?.(text) ?? tryParse(text);
  if (!url || url.username || url.password || !/^(https?|wss?):$/.test(url.protocol)) {
    throw new Stop(`"${given}" is not the address of ${what}.`);
  }
  return url;
}

function tryParse(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/**
 * App and party as the doctor reaches them: TLS, but on this machine (as lib/protocol/address.ts).
 * @param {string} app an origin; without a scheme https, on this machine http
 * @param {string} party a host, as in `PARTY_HOST`, or its address
 * @returns {{app: string, party: {host: string, http: string, ws: string}}}
 */
export function placesOf(app, party) {
  const one = parse(app, "an app");
  const other = parse(party, "a party");
  const plain = isLoopback(other.hostname);
  // Parsed again under the scheme that is used, so that its own port is dropped and no other.
  const host = new URL(`${plain ? "http" : "https"}://${authority(party)}`).host;
  return {
    app: originOf(app, one),
    party: {
      host,
      http: `${plain ? "http" : "https"}://${host}`,
      ws: `${plain ? "ws" : "wss"}://${host}`,
    },
  };
}

const authority = (given) => given.replace(/^[a-z]+:\/\//i, "").split(/[/?#]/)[0];

/** A scheme that somebody wrote stays: a deployed app over plain http is what the doctor tells. */
function originOf(given, url) {
  if (/^https?:\/\//i.test(given)) return url.origin;
  return new URL(`${isLoopback(url.hostname) ? "http" : "https"}://${authority(given)}`).origin;
}
