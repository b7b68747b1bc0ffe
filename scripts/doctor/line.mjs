import { decodeJwt } from "jose";
import { word } from "./ask.mjs";
import { dial } from "./dial.mjs";
import { Ill, must } from "./ill.mjs";

/** Half of what a token's times may be off (docs/PROTOCOL.md): early enough to do something. */
const MAX_SKEW_MS = 5_000;
const KEYS_OR_ISSUER = ({ app }) =>
  `Give the party the app's keys, PARTY_TOKEN_JWKS=${app}/.well-known/jwks.json (or what stands there), and ${app} as the first of APP_ORIGINS.`;
const CLOCKS = "Set the clocks of both machines by NTP; in a cloud, tell its support.";

/** A socket to the room, and what keeps it open. */
export const lineChecks = [
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
];
