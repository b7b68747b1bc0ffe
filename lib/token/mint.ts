import "server-only";
import { randomBytes } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import * as v from "valibot";
import { serverEnv, type ServerEnv } from "../env/server";
import type { Role } from "../protocol/values";
import { MAX_PICTURE_CHARACTERS, SERVER_TOKEN_SECONDS } from "../protocol/limits";
import { Claims, TOKEN_ALG, TOKEN_AUDIENCE, TOKEN_TYP } from "./claims";

/** Whom a token is for; the caller has read all of it from the session and the database. */
export interface Bearer {
  id: string;
  name: string;
  picture: string | null;
  sessionId: string;
  /** Milliseconds since the Unix epoch. */
  sessionExpiresAt: number;
}

export interface MintRequest {
  user: Bearer;
  room: string;
  role: Role;
  use: "connect" | "refresh";
  /** Milliseconds since the Unix epoch. */
  now: number;
}

export interface Minted {
  token: string;
  expiresInMs: number;
  leaseMs: number;
  sessionExpiresInMs: number;
}

/** Where the app itself speaks to the party. It is nobody in any room. */
const APP: Bearer = {
  id: "app",
  sessionId: "app",
  name: "Guestlist",
  picture: null,
  sessionExpiresAt: 0,
};

/**
 * A single-use party token for one person, one login session and one room.
 * Times in the answer are relative, so the browser's clock does not matter.
 */
export async function mintToken(
  request: MintRequest,
  env: ServerEnv = serverEnv(),
): Promise<Minted> {
  const { user, room, role, use, now } = request;
  const iat = Math.floor(now / 1000);
  const sessionEnd = Math.floor(user.sessionExpiresAt / 1000);
  const token = await sign(env, {
    ...common(env, user, room, role),
    iat,
    exp: iat + env.tokenSeconds,
    lease: env.leaseSeconds,
    sess_exp: sessionEnd,
    use,
  });
  return {
    token,
    expiresInMs: env.tokenSeconds * 1000,
    leaseMs: env.leaseSeconds * 1000,
    sessionExpiresInMs: Math.max(0, user.sessionExpiresAt - now),
  };
}

/** A token with which the app calls the party's HTTP interface about one room; ≤ 60 s, spent once. */
export async function serverToken(
  room: string,
  now = Date.now(),
  env: ServerEnv = serverEnv(),
): Promise<string> {
  const iat = Math.floor(now / 1000);
  const exp = iat + Math.min(SERVER_TOKEN_SECONDS, env.tokenSeconds);
  return sign(env, {
    ...common(env, APP, room, "owner"),
    iat,
    exp,
    lease: 1,
    sess_exp: exp,
    use: "server",
  });
}

/** The public halves of the keys that may have signed a living token (RFC 7517). */
export const publicKeySet = (env: ServerEnv = serverEnv()): { keys: ServerEnv["publicKeys"] } => ({
  keys: env.publicKeys,
});

function common(
  env: ServerEnv,
  { id, sessionId, name, picture }: Bearer,
  room: string,
  role: Role,
) {
  return {
    iss: env.origin,
    aud: TOKEN_AUDIENCE as typeof TOKEN_AUDIENCE,
    sub: id,
    sid: sessionId,
    room,
    role,
    name,
    ...(isShowable(picture) && { picture }),
    jti: randomBytes(16).toString("base64url"),
  };
}

const isShowable = (picture: string | null): picture is string =>
  picture !== null &&
  picture.length <= MAX_PICTURE_CHARACTERS &&
  /^https:\/\/[\x21-\x7e]+$/.test(picture);

let imported: { jwk: ServerEnv["signingKey"]; key: ReturnType<typeof importJWK> } | undefined;

async function sign(env: ServerEnv, claims: Claims): Promise<string> {
  if (imported?.jwk !== env.signingKey) {
    imported = { jwk: env.signingKey, key: importJWK({ ...env.signingKey }, TOKEN_ALG) };
  }
  // The party parses with this schema; a token it would refuse is never sent out.
  return new SignJWT({ ...v.parse(Claims, claims) })
    .setProtectedHeader({ alg: TOKEN_ALG, typ: TOKEN_TYP, kid: env.signingKey.kid })
    .sign(await imported.key);
}
