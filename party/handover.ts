import type { Pass, Resume, Ticket } from "../lib/room/events";
import { CLOCK_TOLERANCE_SECONDS, type Presented } from "../lib/token/claims";

/**
 * What the gate hands to the room: a request made from nothing, with the one header that says who.
 * No header, parameter or id that a client chose reaches the room, so none can be mistaken for ours.
 */
export interface Handover {
  room: string;
  /** That it is for a relay before the room, and which one; the room itself where missing. */
  relay?: number | undefined;
  /** It comes from a relay of the room, and is what its people are behind. */
  trunk?: true;
  pass?: Pass | undefined;
  resume?: Resume | undefined;
  ticket?: Ticket | undefined;
  /** The app's id of the request that caused this one, for the log. */
  request?: string | undefined;
}

const HEADER = "x-guestlist";

/** @param room the object that the token opens */
export function passOf(claims: Presented, room: string): Pass {
  return {
    user: {
      id: claims.sub,
      name: claims.name,
      ...(claims.picture !== undefined && { picture: claims.picture }),
    },
    sid: claims.sid,
    room,
    role: claims.role,
    issuedAt: claims.iat * 1000,
    leaseMs: claims.lease * 1000,
    sessionEndsAt: claims.sess_exp * 1000,
    ...ticketOf(claims),
  };
}

export const ticketOf = ({ jti, exp }: Presented): Pick<Pass, "jti" | "presentableUntil"> => ({
  jti,
  presentableUntil: (exp + CLOCK_TOLERANCE_SECONDS) * 1000,
});

/** Header values are Latin-1, names are not: percent-encoded. */
export const seal = (handover: Handover): Record<string, string> => ({
  [HEADER]: encodeURIComponent(JSON.stringify(handover)),
});

/** Null for a request that did not come through the gate (party to party): it is nobody's. */
export function unseal(headers: { get(name: string): string | null }): Handover | null {
  const sealed = headers.get(HEADER);
  return sealed === null ? null : (JSON.parse(decodeURIComponent(sealed)) as Handover);
}
