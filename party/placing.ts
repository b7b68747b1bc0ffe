import type { Handover } from "./handover";

/**
 * Which relay a person's sockets are held by, so that all tabs of one meet: FNV-1a over the id, which
 * is ASCII. A number from 0 on, below `relays`.
 */
export function relayOf(user: string, relays: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < user.length; at++) {
    hash = Math.imul(hash ^ user.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0) % relays;
}

/** The object that a request is for. No address names a relay, as no room id has a tilde. */
export const objectName = ({ room, relay }: Pick<Handover, "room" | "relay">): string =>
  relay === undefined ? room : `${room}~${relay}`;
