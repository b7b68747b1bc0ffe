import { randomBytes, randomUUID } from "node:crypto";
import { generateKeyPair, SignJWT } from "jose";
import { ask, word } from "./ask.mjs";
import { dial } from "./dial.mjs";
import { Ill, must } from "./ill.mjs";

const FOREIGN = "https://foreign.invalid";
/** Nothing is made of a room that is only knocked at. */
const room = `doctor-${randomBytes(6).toString("hex")}`;
const order = { method: "POST", json: { room, use: "connect" } };
const NO_CORS =
  "Take away the rule that adds it, on the host or in a proxy: pages of others are not to read this.";

const knock = (party, origin, token = "no.real.token") =>
  dial(party, { room, token, ...(origin !== undefined && { origin }) });

/** What came of a call that should have been refused with a status. */
const told = ({ kind, status, code }) =>
  kind === "refused" ? `status ${status}` : kind === "closed" ? `close ${code}` : "let in";

/** Everything right but the signature: a key that the doctor has just made, under the app's `kid`. */
async function forge(app, kid) {
  const { privateKey } = await generateKeyPair("EdDSA");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: app, aud: "party", sub: "doctor", sid: "doctor", room, role: "owner" },
    ...{ name: "Doctor", jti: randomUUID(), iat: now, exp: now + 60, lease: 60 },
    ...{ sess_exp: now + 3_600, use: "connect" },
  };
  const header = { alg: "EdDSA", typ: "party+jwt", kid };
  return new SignJWT(claims).setProtectedHeader(header).sign(privateKey);
}

const isPublicKey = (key) =>
  key?.kty === "OKP" && key.crv === "Ed25519" && typeof key.kid === "string" && !("d" in key);

export const doorChecks = [
  {
    name: "app: key set",
    after: ["app: answers"],
    async run(ward) {
      const { status, body, ms } = await ask(`${ward.app}/.well-known/jwks.json`);
      const keys = Array.isArray(body?.keys) ? body.keys : [];
      must(
        !keys.some((key) => key && typeof key === "object" && "d" in key),
        "it holds a private key",
        "Take the app down, then make new keys: npm run keys rotate",
      );
      must(
        status === 200 && keys.length > 0 && keys.every(isPublicKey),
        `status ${status}, ${keys.length} keys`,
        "Check PARTY_TOKEN_PRIVATE_JWK and PARTY_TOKEN_JWKS of the app: npm run keys show",
      );
      ward.keys = keys;
      return { figure: keys.length === 1 ? "1 key" : `${keys.length} keys`, ms };
    },
  },
  {
    name: "app: no token when signed out",
    after: ["app: its own address"],
    async run({ app }) {
      const headers = { origin: app, "sec-fetch-site": "same-origin" };
      const { status, body, ms } = await ask(`${app}/api/party/token`, { ...order, headers });
      must(
        status === 401 && body?.code === "signed_out",
        `status ${status} ${word(body?.code)}`,
        "Signed out it answers 401 signed_out: does every request reach the app, and none a cache?",
      );
      return { ms };
    },
  },
  {
    name: "app: no token for foreign pages",
    after: ["app: its own address"],
    async run({ app }) {
      const headers = { origin: FOREIGN, "sec-fetch-site": "cross-site" };
      const { status } = await ask(`${app}/api/party/token`, { ...order, headers });
      must(
        status === 403,
        `status ${status}, not 403`,
        "Let a proxy pass Origin and Sec-Fetch-Site on as they are.",
      );
    },
  },
  {
    name: "app: no CORS",
    after: ["app: answers"],
    async run({ app }) {
      const headers = { origin: FOREIGN, "access-control-request-method": "POST" };
      for (const method of ["OPTIONS", "POST"]) {
        const init = method === "POST" ? { ...order, headers } : { method, headers };
        const answer = await ask(`${app}/api/party/token`, init);
        const allowed = answer.headers.get("access-control-allow-origin");
        must(allowed === null, `Access-Control-Allow-Origin: ${word(allowed)}`, NO_CORS);
      }
    },
  },
  {
    name: "party: no CORS",
    after: ["party: answers"],
    async run({ party }) {
      for (const path of ["/health", `/parties/main/${room}`]) {
        const answer = await ask(`${party.http}${path}`, { headers: { origin: FOREIGN } });
        const allowed = answer.headers.get("access-control-allow-origin");
        must(allowed === null, `Access-Control-Allow-Origin: ${word(allowed)}`, NO_CORS);
      }
    },
  },
  {
    name: "party: takes the app's pages",
    after: ["party: answers"],
    async run({ app, party }) {
      const outcome = await knock(party, app);
      outcome.line?.close();
      if (outcome.status !== 403) return { figure: app };
      throw new Ill(
        `Origin ${app} is refused`,
        `Set APP_ORIGINS=${app} on the party (further origins after it), and deploy it again.`,
      );
    },
  },
  {
    name: "party: refuses foreign pages",
    after: ["party: answers"],
    async run({ party }) {
      // A page in a sandbox, or from a file, has the origin null.
      for (const origin of [FOREIGN, "null"]) {
        const outcome = await knock(party, origin);
        outcome.line?.close();
        must(
          outcome.status === 403,
          `Origin ${origin}: ${told(outcome)}, not 403`,
          "Its gate compares Origin with APP_ORIGINS (party/gate.ts): is this the newest build, and does nothing before it rewrite Origin?",
        );
      }
    },
  },
  {
    name: "party: refuses forged tokens",
    after: ["party: answers", "app: key set"],
    async run({ app, party, keys }) {
      const forged = await knock(party, undefined, await forge(app, keys[0].kid));
      const junk = await knock(party, undefined, "junk");
      for (const outcome of [forged, junk]) {
        outcome.line?.close();
        must(
          outcome.status === 401,
          `${told(outcome)}, not 401`,
          "Anybody can enter: take the party down, and deploy it with its gate (party/gate.ts).",
        );
      }
      must(
        forged.text === junk.text && forged.text.length < 200,
        "the answer tells what was wrong",
        "One constant body for all: something before the party writes its own.",
      );
    },
  },
  {
    name: "party: closed to strangers' requests",
    after: ["party: answers"],
    async run({ party }) {
      const url = `${party.http}/parties/main/${room}`;
      for (const [method, path] of [
        ["GET", ""],
        ["GET", "/messages"],
        ["POST", "/revoke"],
      ]) {
        const { status } = await ask(url + path, { method });
        must(
          status === 401,
          `${method} ${path || "/"} answers ${status}, not 401`,
          "Deploy the party with its gate (party/http-gate.ts).",
        );
      }
    },
  },
];
