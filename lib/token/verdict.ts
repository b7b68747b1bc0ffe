import type { Presented, TokenUse } from "./claims";

/** Why a token was refused. For logs and counters; whoever presented it learns nothing of it. */
export type Refusal =
  /** Not three canonical base64url parts with a header of ours. */
  | "malformed"
  /** No key of the set, or the signature does not fit. */
  | "forged"
  /** Genuine, but its claims are not those of a party token of this app. */
  | "claims"
  /** Genuine, but minted for another use. */
  | "wrong_use"
  /** The check itself failed. */
  | "unverifiable"
  /** The keys to check it with cannot be had right now: the one refusal that trying again may mend. */
  | "unavailable";

export type Verified =
  | { ok: true; claims: Presented }
  /** Genuine in every respect, but presented too late, or too early: of a clock that runs ahead. */
  | { ok: false; reason: "expired" | "future"; claims: Presented }
  | { ok: false; reason: Refusal };

export interface Expected {
  use: TokenUse;
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** The room at whose door it is presented, for tokens of others that do not name one. */
  room?: string;
}

export interface Verifier {
  /** Never rejects. */
  verify(token: unknown, expected: Expected): Promise<Verified>;
}

/** What jose says of a token, in our words. */
export function reasonOf(error: unknown): Refusal {
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case "ERR_JWS_SIGNATURE_VERIFICATION_FAILED":
    case "ERR_JWKS_NO_MATCHING_KEY":
    case "ERR_JOSE_ALG_NOT_ALLOWED":
      return "forged";
    case "ERR_JWT_CLAIM_VALIDATION_FAILED":
    case "ERR_JWT_EXPIRED":
      return "claims";
    case "KEYS_UNAVAILABLE":
      return "unavailable";
    case "ERR_JWS_INVALID":
    case "ERR_JWT_INVALID":
      return "malformed";
    default:
      return "unverifiable";
  }
}
