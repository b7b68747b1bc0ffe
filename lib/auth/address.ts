import { isIP } from "node:net";

/** Stands for every visitor where the address cannot be known. */
export const UNKNOWN_ADDRESS = "local";

/**
 * The visitor's address as a throttle key. Route handlers do not see the socket, and
 * X-Forwarded-For is whatever the visitor wrote unless a proxy of ours sets it: then the last entry
 * is the one that our proxy appended. IPv6 counts by /64, the smallest block a household gets.
 */
export function clientAddress(headers: Headers, trustForwardedFor: boolean): string {
  if (!trustForwardedFor) return UNKNOWN_ADDRESS;
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  if (isIP(last) === 4) return last;
  return isIP(last) === 6 ? ipv6Network(last) : UNKNOWN_ADDRESS;
}

function ipv6Network(address: string): string {
  // The URL parser writes every spelling of an address in the same, compressed way.
  const canonical = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const left = head ? head.split(":") : [];
  const right = tail ? tail.split(":") : [];
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array(8 - left.length - right.length).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
