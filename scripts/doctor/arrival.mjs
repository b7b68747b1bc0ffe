import { randomBytes } from "node:crypto";
import { retryAfter, word } from "./ask.mjs";
import { must } from "./ill.mjs";
import { signIn, throwAway, visitor } from "./visitor.mjs";

const OWN_ACCOUNT = "Use an account of yours: --email you@example.com --password-stdin";

/** An account, a sign-in, and a room of one's own. */
export const arrivalChecks = [
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
];
