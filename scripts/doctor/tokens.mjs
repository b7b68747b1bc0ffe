import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { retryAfter, word } from "./ask.mjs";
import { must } from "./ill.mjs";

const SLOW_MS = 2_000;

/** A fresh token, its claims, and how long it took. */
async function mint(ward, use) {
  const answer = await ward.person.post("/api/party/token", { room: ward.room, use });
  const { status, body, headers, ms, at } = answer;
  must(
    status === 200 && typeof body?.token === "string",
    `status ${status} ${word(body?.code)}${retryAfter(answer)}`,
    "The app's log has the reason; 503 is its database.",
  );
  return { token: body.token, headers, ms, at };
}

/** What the app mints. */
export const tokenChecks = [
  {
    name: "app: mint",
    after: ["app: private room", "app: key set"],
    async run(ward) {
      const minted = await mint(ward, "connect");
      ward.minted = minted;
      const claims = decodeJwt(minted.token);
      must(
        claims.iss === ward.app,
        `the issuer is ${word(claims.iss)}`,
        `Set NEXTAUTH_URL=${ward.app} on the app.`,
      );
      const { kid } = decodeProtectedHeader(minted.token);
      const genuine = await jwtVerify(minted.token, createLocalJWKSet({ keys: ward.keys }), {
        algorithms: ["EdDSA"],
        currentDate: new Date(claims.iat * 1000),
      }).catch(() => null);
      must(
        genuine,
        `signed with ${word(kid)}, which is not in the app's key set`,
        "Instances of the app have different keys: set PARTY_TOKEN_PRIVATE_JWK for all, and deploy again.",
      );
      return { figure: `key ${word(kid).slice(0, 12)}`, ms: minted.ms };
    },
  },
  {
    name: "app: tokens are not cached",
    after: ["app: mint"],
    async run(ward) {
      ward.spare = await mint(ward, "connect");
      const { headers, token } = ward.spare;
      const control = headers.get("cache-control") ?? "none";
      must(
        token !== ward.minted.token && headers.get("age") === null && /no-store/.test(control),
        token === ward.minted.token ? "the same token twice" : `Cache-Control: ${word(control)}`,
        "Let the cache before the app leave /api/ alone: answers there are no-store.",
      );
    },
  },
  {
    name: "app: mint is quick",
    after: ["app: tokens are not cached"],
    async run(ward) {
      ward.refresh = await mint(ward, "refresh");
      const times = [ward.minted.ms, ward.spare.ms, ward.refresh.ms].sort((a, b) => a - b);
      const median = times[1];
      must(
        median < SLOW_MS,
        `${Math.round(median)} ms is the middle of three`,
        "Put app and database into one region; a token is asked for at each dial.",
      );
      return { figure: "middle of three", ms: median };
    },
  },
];
