import * as v from "valibot";
import {
  CLOCK_TOLERANCE_SECONDS,
  LEASE_SECONDS,
  SERVER_TOKEN_SECONDS,
  TOKEN_SECONDS,
} from "../protocol/limits";
import { Id, PersonName, Picture, Role, RoomId } from "../protocol/values";

/** Algorithm and type of a party token; RFC 8037 (Ed25519), RFC 8725 section 3.11 (explicit typing). */
export const TOKEN_ALG = "EdDSA";
export const TOKEN_TYP = "party+jwt";
export const TOKEN_AUDIENCE = "party";
export { CLOCK_TOLERANCE_SECONDS };

/** What a token may be used for; a token of one use is refused for every other. */
export const TOKEN_USES = ["connect", "refresh", "server"] as const;
export type TokenUse = (typeof TOKEN_USES)[number];

/** RFC 7519 NumericDate: whole seconds since the Unix epoch. */
export const NumericDate = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(1),
  v.maxValue(253_402_300_799),
);

/** The claims of a party token: each one's type and bounds. Nothing else leaves the app. */
export const Claims = v.object({
  iss: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  aud: v.literal(TOKEN_AUDIENCE),
  /** The person. */
  sub: Id,
  /** The login session. */
  sid: Id,
  room: RoomId,
  role: Role,
  name: PersonName,
  picture: v.optional(Picture),
  /** Spent once by the room. */
  jti: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{8,64}$/)),
  iat: NumericDate,
  /** The end of the time in which the token may be presented. */
  exp: NumericDate,
  /** Seconds that a presented token authorises a connection. */
  lease: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(LEASE_SECONDS.max)),
  /** The end of the login session; no lease outlives it. */
  sess_exp: NumericDate,
  use: v.picklist(TOKEN_USES),
});
export type Claims = v.InferOutput<typeof Claims>;

/** What the party takes from a token, whoever minted it. Without a `jti` it cannot be spent. */
export type Presented = Omit<Claims, "jti"> & { jti: string | null };

/** `exp - iat` at the most. */
export const MAX_TOKEN_LIFE_SECONDS: Record<TokenUse, number> = {
  connect: TOKEN_SECONDS.max,
  refresh: TOKEN_SECONDS.max,
  server: SERVER_TOKEN_SECONDS,
};
