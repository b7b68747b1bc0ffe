import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from "jose";

/** A set is asked for anew at most this often, whatever keys tokens name. */
const COOL_DOWN_MS = 2_000;
/** A taken-out key is believed no longer than this. */
const MAX_AGE_MS = 60_000;
/** How long the last set serves after that while no newer one can be had. */
const STALE_MS = 10 * 60_000;
const TIMEOUT_MS = 3_000;
/** How often those look who wait for somebody else's question. */
const POLL_MS = 50;
/** After a failure nobody waits for the next one. */
const PAUSE_MS = 1_000;

/** The keys cannot be had right now: that says nothing about the token. */
export class KeysUnavailable extends Error {
  override name = "KeysUnavailable";
  readonly code = "KEYS_UNAVAILABLE";
}

/** Keys that verify tokens: given as they are, or published at an address (RFC 7517). */
export const keySource = (jwks: JSONWebKeySet | URL): JWTVerifyGetKey =>
  jwks instanceof URL ? remoteKeys(jwks) : createLocalJWKSet(jwks);

/**
 * A published key set, kept for a minute. A token that names an unknown key makes it asked for
 * again, so a new key is known as soon as it is used. Within the cool-down such a token waits: were
 * it refused, whoever sends junk could keep a new key out.
 * @throws KeysUnavailable
 */
function remoteKeys(url: URL): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, { timeoutDuration: TIMEOUT_MS });
  let local: JWTVerifyGetKey | null = null;
  let fetchedAt = 0;
  let failedAt = 0;
  /** Questions that were put, and the last one whose answer is in `local`. */
  let [put, answered] = [0, 0];
  let busyUntil = 0;

  /** One request asks for all of them: jose lets each ask for itself in a worker. */
  async function ask(): Promise<void> {
    const question = ++put;
    // A request that is cut off never says so; others must not wait for it for ever.
    busyUntil = Date.now() + TIMEOUT_MS;
    try {
      await remote.reload();
      local = createLocalJWKSet(remote.jwks() as JSONWebKeySet);
      fetchedAt = Date.now();
      answered = Math.max(answered, question);
    } catch {
      failedAt = Date.now();
    }
    busyUntil = 0;
  }

  return async (header, token) => {
    const before = put;
    while (Date.now() - failedAt >= PAUSE_MS) {
      const now = Date.now();
      if (local && now - fetchedAt < MAX_AGE_MS) {
        const key = await lookUp(local, header, token);
        if (key) return key;
        // The set was asked for after this token came: there is no such key.
        if (answered > before) throw new errors.JWKSNoMatchingKey();
      }
      if (now < busyUntil) await pause(POLL_MS);
      else if (now < fetchedAt + COOL_DOWN_MS) await pause(fetchedAt + COOL_DOWN_MS - now);
      else await ask();
    }
    const serves = local && Date.now() - fetchedAt < MAX_AGE_MS + STALE_MS;
    const key = serves && local ? await lookUp(local, header, token) : null;
    if (key) return key;
    throw new KeysUnavailable();
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Null where the set has no such key. */
async function lookUp(set: JWTVerifyGetKey, ...[header, token]: Parameters<JWTVerifyGetKey>) {
  try {
    return await set(header, token);
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return null;
    throw error;
  }
}
