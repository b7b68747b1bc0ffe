import { ask, word } from "./ask.mjs";
import { Ill, must } from "./ill.mjs";

const isAnswer = (body) => typeof body === "object" && body !== null && "ok" in body;

/** The app's health, once; the lines below are about its parts. */
async function healthOf(ward) {
  const url = `${ward.app}/api/health`;
  const answer = await ask(url, { remedy: `Start the app, or correct its address: ${ward.app}` });
  must(
    isAnswer(answer.body),
    `status ${answer.status}, and not this app's answer`,
    /vercel/i.test(answer.headers.get("server") ?? "") && answer.status === 401
      ? "Vercel's Deployment Protection stands before it: turn it off for this address."
      : `Something else answers at ${ward.app}, or the app did not start: its log says why.`,
  );
  return answer;
}

export const healthChecks = [
  {
    name: "app: answers",
    after: ["app: transport"],
    async run(ward) {
      const { body, ms } = await healthOf(ward);
      ward.health = body;
      return { ms };
    },
  },
  {
    name: "app: database",
    after: ["app: answers"],
    async run({ health }) {
      must(
        health.database === true,
        "a write and a read fail",
        "Check DATABASE_URL and DATABASE_AUTH_TOKEN of the app, then migrate with the same two: npm run migrate",
      );
      return "written and read";
    },
  },
  {
    name: "party: answers",
    after: ["party: transport"],
    async run({ party }) {
      const remedy = `Start the party, or correct its address: ${party.host}`;
      const { status, body, ms } = await ask(`${party.http}/health`, { remedy });
      if (status === 503 && isAnswer(body)) {
        throw new Ill(
          "503: a setting is missing or wrong",
          `The party's log names it ("misconfigured"): PARTY_TOKEN_JWKS and APP_ORIGINS at the least.`,
        );
      }
      must(
        status === 200 && body?.ok === true,
        `status ${word(status)}, and not this party's answer`,
        `Something else answers at ${party.host}: is it the party's address?`,
      );
      return { ms };
    },
  },
  {
    name: "app: reaches the party",
    after: ["app: answers", "party: answers"],
    async run({ health, party }) {
      must(
        health.party === true,
        "the app does not reach it",
        `Set PARTY_HOST=${party.host} on the app, and deploy it again.`,
      );
    },
  },
];
