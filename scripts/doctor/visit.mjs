import { randomBytes } from "node:crypto";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { word } from "./ask.mjs";
import { dial } from "./dial.mjs";
import { Ill, must } from "./ill.mjs";
import { throwAway, visitor } from "./visitor.mjs";

const OWN_ACCOUNT = "Use an account of yours: --email you@example.com --password-stdin";
const SLOW_MS = 2_000;
/** Half of what a token's times may be off (docs/PROTOCOL.md): early enough to do something. */
const MAX_SKEW_MS = 5_000;
/** A second by docs/PROTOCOL.md, and the way there and back. */
const CLOSED_WITHIN_MS = 3_000;
const SESSION_COOKIE = /^(__Secure-)?next-auth\.session-token=[^;]/;

const retryAfter = ({ headers }) => {
  const seconds = headers.get("retry-after");
  return seconds ? `, again in ${word(seconds)} s` : "";
};

async function signIn(person, { email, password }) {
  const { status } = await person.form("/api/auth/callback/credentials", { email, password });
  const line = person.lastSet.find((text) => SESSION_COOKIE.test(text));
  return { status, line };
}

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

const KEYS_OR_ISSUER = ({ app }) =>
  `Give the party the app's keys, PARTY_TOKEN_JWKS=${app}/.well-known/jwks.json (or what stands there), and ${app} as the first of APP_ORIGINS.`;
const CLOCKS = "Set the clocks of both machines by NTP; in a cloud, tell its support.";

export const visitChecks = [
  {
    name: "app: sign-up",
    after: ["app: its own address", "app: database"],
    async run(ward) {
      ward.person = visitor(ward.app);
      if (ward.account) return "an account of yours";
      const account = throwAway();
      const answer = await ward.person.post("/api/sign-up", account);
      must(
        answer.status === 201,
        `status ${answer.status} ${word(answer.body?.code)}${retryAfter(answer)}`,
        OWN_ACCOUNT,
      );
      ward.thrownAway = account;
      return { figure: "a throw-away account", ms: answer.ms };
    },
  },
  {
    name: "app: sign-in",
    after: ["app: sign-up"],
    async run(ward) {
      const from = performance.now();
      const { status, line } = await signIn(ward.person, ward.account ?? ward.thrownAway);
      const remedy = ward.account
        ? "Check the address and the password; after failures there are waits."
        : `NEXTAUTH_URL and NEXTAUTH_SECRET of the app: is it ${ward.app} to itself?`;
      must(status === 200 && line, `status ${status}, ${line ? "a" : "no"} session`, remedy);
      ward.cookieLine = line;
      return { ms: performance.now() - from };
    },
  },
  {
    name: "app: session cookie",
    after: ["app: sign-in"],
    async run({ app, cookieLine }) {
      const https = app.startsWith("https:");
      const lacks = ["HttpOnly", "SameSite=Lax", "Path=/", ...(https ? ["Secure"] : [])].filter(
        (flag) =>
          !cookieLine.split(/;\s*/).some((part) => part.toLowerCase() === flag.toLowerCase()),
      );
      if (https && !cookieLine.startsWith("__Secure-")) lacks.push("__Secure-");
      must(
        lacks.length === 0,
        `lacks ${lacks.join(", ")}`,
        "A proxy rewrites cookies: let it pass them on as they are.",
      );
    },
  },
  {
    name: "app: private room",
    after: ["app: sign-in"],
    async run(ward) {
      const room = `doctor-${randomBytes(6).toString("hex")}`;
      const { status, body, ms } = await ward.person.post("/api/rooms", {
        ...{ id: room, name: "Doctor", visibility: "private" },
      });
      must(
        status === 201,
        `status ${status} ${word(body?.code)}`,
        "Look at the app's log for this moment.",
      );
      ward.room = room;
      return { figure: room, ms };
    },
  },
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
  {
    name: "party: takes the app's tokens",
    after: ["app: tokens are not cached", "party: takes the app's pages"],
    async run(ward) {
      const { app, party, room, minted } = ward;
      const outcome = await dial(party, { room, token: minted.token, origin: app });
      if (outcome.kind === "refused") {
        throw new Ill(`status ${outcome.status}: not a token of its app`, KEYS_OR_ISSUER(ward));
      }
      if (outcome.kind === "closed" && outcome.code === 1013) {
        throw new Ill(
          "it cannot fetch the keys",
          `Let the party reach ${app}/.well-known/jwks.json.`,
        );
      }
      if (outcome.kind === "closed" && outcome.code === 4401) {
        throw new Ill("the token is too old, or of the future, for the party's clock", CLOCKS);
      }
      if (outcome.kind === "closed") {
        throw new Ill(
          `close ${outcome.code} ${word(outcome.error)}`,
          "Look at the party's log for this moment.",
        );
      }
      ward.line = outcome.line;
      ward.welcome = outcome.welcome;
      ward.welcomeAt = Date.now();
      return { figure: "welcome", ms: outcome.ms };
    },
  },
  {
    name: "both: one clock",
    after: ["party: takes the app's tokens"],
    async run({ minted, welcome, welcomeAt }) {
      // `iat` is cut to whole seconds: on average half of one later.
      const app = decodeJwt(minted.token).iat * 1000 + 500 - minted.at;
      const party = welcome.serverTime - welcomeAt;
      const skew = party - app;
      const figure = `${(skew / 1000).toFixed(1)} s between app and party`;
      must(Math.abs(skew) < MAX_SKEW_MS, figure, CLOCKS);
      return figure;
    },
  },
  {
    name: "party: a token works once",
    after: ["party: takes the app's tokens"],
    async run({ app, party, room, minted }) {
      const outcome = await dial(party, { room, token: minted.token, origin: app });
      outcome.line?.close();
      must(
        outcome.kind === "closed" && outcome.code === 4409,
        outcome.kind === "welcome"
          ? "let in twice"
          : `${outcome.kind} ${outcome.code ?? outcome.status}`,
        "The room does not keep what was spent: is its storage there, and the build the newest?",
      );
    },
  },
  {
    name: "both: refresh on the same socket",
    after: ["party: takes the app's tokens", "app: mint is quick"],
    async run({ line, refresh }) {
      const from = performance.now();
      line.send({ type: "auth.refresh", id: "doctor", token: refresh.token });
      const frame = await line.next("auth.refreshed", "error");
      must(
        frame.type === "auth.refreshed",
        `refused: ${word(frame.code)}`,
        "Look at the party's log for this moment.",
      );
      return { figure: `for ${Math.round(frame.leaseMs / 1000)} s`, ms: performance.now() - from };
    },
  },
  {
    name: "both: sign-out closes the socket",
    after: ["party: takes the app's tokens", "app: reaches the party"],
    async run(ward) {
      const { line, person } = ward;
      const from = performance.now();
      // From here on the cookie is one that somebody kept.
      person.frozen = true;
      const { status } = await person.form("/api/auth/signout", {});
      must(status === 200, `sign-out answers ${status}`, "Look at the app's log for this moment.");
      let timer;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, CLOSED_WITHIN_MS)));
      const end = await Promise.race([line.closed, late]);
      clearTimeout(timer);
      must(
        end?.code === 4410,
        end ? `close ${end.code}` : `still open after ${CLOSED_WITHIN_MS / 1000} s`,
        `The app tells the party over ${ward.party.http}: does every POST there reach the party's newest build?`,
      );
      return { ms: end.ms - from };
    },
  },
  {
    name: "app: no token after sign-out",
    after: ["both: sign-out closes the socket"],
    async run({ person, room }) {
      const { status, body } = await person.post("/api/party/token", { room, use: "connect" });
      must(
        status === 401 && body?.code === "signed_out",
        `status ${status} ${word(body?.code)}`,
        "A kept cookie still mints: do all instances of the app have the same database?",
      );
    },
  },
  {
    name: "party: no tokens from before the sign-out",
    after: ["both: sign-out closes the socket"],
    async run({ app, party, room, spare }) {
      const outcome = await dial(party, { room, token: spare.token, origin: app });
      outcome.line?.close();
      must(
        outcome.kind === "closed" && outcome.code === 4410,
        outcome.kind === "welcome" ? "let in" : `${outcome.kind} ${outcome.code ?? outcome.status}`,
        "The room does not keep what was revoked: is its storage there, and the build the newest?",
      );
    },
  },
  {
    name: "doctor: nothing left behind",
    after: ["app: sign-up"],
    always: true,
    async run(ward) {
      ward.line?.close();
      if (ward.account && !ward.room) return "nothing was made";
      const account = ward.account ?? ward.thrownAway;
      const who = ward.account ? "your account" : `the account ${account.email}`;
      const person = visitor(ward.app);
      const { line } = await signIn(person, account);
      const remedy = `Delete ${ward.room ? `the room ${ward.room} of ${who}` : who} yourself.`;
      must(line, `${who} cannot sign in to clean up`, remedy);
      const remove = async (what, path, json) => {
        const { status } = await person.request(path, { method: "DELETE", json });
        must(status === 200, `deleting ${what} answers ${status}`, remedy);
      };
      if (ward.room) await remove("the room", `/api/rooms/${ward.room}`, { confirm: ward.room });
      if (ward.account) return "the room is deleted";
      await remove("the account", "/api/account", { password: account.password, confirm: true });
      return "room and account are deleted";
    },
  },
];
