import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  jwksCache,
  type JWKSCacheInput,
  type JWTVerifyGetKey,
} from "jose";

/** A set is asked for anew at most this often, whatever keys tokens name. */
const COOL_DOWN_MS = 2_000;
/** A taken-out key is believed no longer than this. */
const MAX_AGE_MS = 60_000;
/** How long the last set serves after that while no newer one can be had. */
const STALE_MS = 10 * 60_000;
const TIMEOUT_MS = 3_000;
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
  const cache: JWKSCacheInput = {};
  const remote = createRemoteJWKSet(url, {
    [jwksCache]: cache,
    cacheMaxAge: MAX_AGE_MS,
    cooldownDuration: COOL_DOWN_MS,
    timeoutDuration: TIMEOUT_MS,
  });
  const fetchedAt = () => ("uat" in cache ? cache.uat : 0);
  let failedAt = 0;

  return async (header, token) => {
    for (let last = false; Date.now() - failedAt >= PAUSE_MS; last = true) {
      const before = fetchedAt();
      try {
        return await remote(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) {
          if (error instanceof errors.JOSEError && isVerdict(error)) throw error;
          failedAt = Date.now();
          break;
        }
        const wait = fetchedAt() + COOL_DOWN_MS - Date.now();
        // Looked up in a set that is newer than the question: there is no such key.
        if (last || fetchedAt() !== before) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait) + 1));
      }
    }
    const set = remote.jwks();
    if (!set || Date.now() - fetchedAt() > MAX_AGE_MS + STALE_MS) throw new KeysUnavailable();
    return createLocalJWKSet(set)(header, token).catch(() => {
      throw new KeysUnavailable();
    });
  };
}

/** The set was had, and the token does not fit it. */
const isVerdict = ({ code }: errors.JOSEError): boolean =>
  code === "ERR_JWKS_MULTIPLE_MATCHING_KEYS" || code === "ERR_JOSE_NOT_SUPPORTED";
