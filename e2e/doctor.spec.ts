import { test as base, expect } from "@playwright/test";
import { spawn } from "node:child_process";
import path from "node:path";
import { examine } from "../scripts/doctor/examine.mjs";
import { placesOf } from "../scripts/doctor/places.mjs";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";
import { freePort } from "../scripts/lib/ports.mjs";
import { type Answer, startFront, type Twist } from "./doctor-front";

const CLOCK = path.join(import.meta.dirname, "doctor-clock.cjs");
const MANY = { LIMIT_SIGN_UPS_PER_HOUR: "10000" };

/** An app and a party that are well, each behind a proxy which can spoil what passes. */
async function startPair() {
  const [app, party] = await Promise.all([startFront(), startFront()]);
  const stack = await ownStack({
    ...MANY,
    NEXTAUTH_URL: app.url,
    APP_ORIGINS: app.url,
    PARTY_HOST: party.host,
    NODE_OPTIONS: `--require ${JSON.stringify(CLOCK)}`,
    CLOCK_SKEW_MS: "0",
  });
  app.leadTo(Number(new URL(stack.url).port));
  party.leadTo(Number(stack.partyHost.split(":")[1]));
  return { app, party, stack };
}

type Pair = Awaited<ReturnType<typeof startPair>>;
type Env = Record<string, string>;

const test = base.extend<object, { pair: Pair }>({
  pair: [
    async ({}, use) => {
      const pair = await startPair();
      await use(pair);
      await pair.stack.stop();
      await Promise.all([pair.app.stop(), pair.party.stop()]);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const look = ({ app, party }: Pair, account?: { email: string; password: string }) =>
  examine({ ...placesOf(app.url, party.host), account });

/** Runs app or party with other settings meanwhile. */
async function meanwhile(side: Pair["stack"]["app" | "party"], changes: Env, work: () => unknown) {
  const env: Env = side.env;
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, env[name] ?? ""]));
  await side.stop();
  await side.start(changes);
  await work();
  await side.stop();
  await side.start(before);
}

/** Exactly one line is ill, and it says what to do. */
async function expectIll(pair: Pair, name: string, remedy: RegExp) {
  const findings = await look(pair);
  const ill = findings.filter(({ state }) => state === "ill");
  expect(ill.map((one) => one.name)).toEqual([name]);
  expect(ill[0]?.remedy).toMatch(remedy);
  // What was not looked at waits for something that is ill, or waits itself.
  for (const { state, figure } of findings) {
    if (state === "skipped") expect(figure).toMatch(/^needs: (app|party|both): /);
  }
  return findings;
}

// Some start the app anew, twice, and look at it several times.
test.describe.configure({ timeout: 120_000 });
test.beforeEach(({ pair }) => {
  pair.app.twist({});
  pair.party.twist({});
});

test("a healthy pair is well in every line, and nothing of the visit stays or shows", async ({
  pair,
}) => {
  const { status, said } = await command([pair.app.url, pair.party.host, "--json"]);
  expect(said).not.toMatch(/eyJ|session-token|token=/);
  const report = JSON.parse(said);
  expect(report.checks.filter(({ state }: { state: string }) => state !== "ok")).toEqual([]);
  expect(report.ok).toBe(true);
  expect(status).toBe(0);
});

test("the command says what is ill and what to do, and ends with status 1", async ({ pair }) => {
  pair.party.twist({ dead: true });
  const { status, said } = await command([pair.app.url, pair.party.host]);
  expect(said).toMatch(/✗ party: answers.*\n.*→ Start the party/);
  expect(said).toMatch(/– party: takes the app's tokens.*needs: /);
  expect(said).toMatch(/\d+ well, 1 ill, \d+ not looked at/);
  expect(status).toBe(1);
});

const header = (name: string, value: string | undefined): Twist => ({
  back: ({ headers }) => {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  },
});
const policy = (change: (text: string) => string): Twist => ({
  back({ headers }) {
    const text = headers["content-security-policy"];
    if (typeof text === "string") headers["content-security-policy"] = change(text);
  },
});
/** Answers everybody under an address with what the first one got. */
function cache(address: string): Twist {
  let kept: Answer | undefined;
  return {
    instead: ({ url }) => (url === address && kept ? { ...kept } : undefined),
    back(answer, { url }) {
      if (url === address && answer.status === 200) kept ??= { ...answer };
    },
  };
}
/** The app's own requests to the party carry a token. */
const toStrangers = (address: RegExp, answer: Partial<Answer>): Twist => ({
  instead: ({ url = "", headers }) =>
    address.test(url) && !headers.authorization ? answer : undefined,
});
const toApp = (address: RegExp, answer: Partial<Answer>): Twist => ({
  instead: ({ url = "", headers }) =>
    address.test(url) && headers.authorization ? answer : undefined,
});
const instead = (address: RegExp, answer: Partial<Answer>): Twist => ({
  instead: ({ url = "" }) => (address.test(url) ? answer : undefined),
});

const spoilt: [what: string, side: "app" | "party", twist: Twist, line: string, remedy: RegExp][] =
  [
    ["an app that is down", "app", { dead: true }, "app: answers", /Start the app/],
    [
      "something else at the app's address",
      "app",
      instead(/health/, { status: 404, body: "<h1>Not found</h1>" }),
      "app: answers",
      /Something else answers/,
    ],
    ["a party that is down", "party", { dead: true }, "party: answers", /Start the party/],
    [
      "a party that lacks settings",
      "party",
      instead(/./, { status: 503, body: '{"ok":false}' }),
      "party: answers",
      /PARTY_TOKEN_JWKS and APP_ORIGINS/,
    ],
    [
      "redirects to plain http",
      "app",
      {
        back({ headers }) {
          if (headers.location) headers.location = "http://app.example.com/sign-in";
        },
      },
      "app: its own address",
      /NEXTAUTH_URL/,
    ],
    [
      "a page without a header",
      "app",
      header("x-frame-options", undefined),
      "app: security headers",
      /takes it away/,
    ],
    [
      "a policy that lets code be made of text",
      "app",
      policy((text) => text.replace("script-src", "script-src 'unsafe-eval'")),
      "app: page policy (CSP)",
      /no script but their own/,
    ],
    ["pages from a cache", "app", cache("/sign-in"), "app: page policy (CSP)", /cache/],
    [
      "a policy without the party",
      "app",
      policy((text) => text.replace(/connect-src [^;]+/, "connect-src 'self'")),
      "app: policy admits the party",
      /PARTY_HOST/,
    ],
    [
      "a policy that admits every socket",
      "app",
      policy((text) => text.replace("connect-src", "connect-src wss:")),
      "app: policy admits the party",
      /Name the party/,
    ],
    [
      "an app that every page may read",
      "app",
      header("access-control-allow-origin", "*"),
      "app: no CORS",
      /Take away the rule/,
    ],
    [
      "a party that every page may read",
      "party",
      header("access-control-allow-origin", "*"),
      "party: no CORS",
      /Take away the rule/,
    ],
    [
      "a private key in the published set",
      "app",
      instead(/jwks/, { body: JSON.stringify({ keys: [makeTokenKeys().privateJwk] }) }),
      "app: key set",
      /npm run keys rotate/,
    ],
    [
      "an app whose instances have different keys",
      "app",
      instead(/jwks/, { body: JSON.stringify(makeTokenKeys().keySet) }),
      "app: mint",
      /PARTY_TOKEN_PRIVATE_JWK/,
    ],
    [
      "cookies that scripts can read",
      "app",
      {
        back({ headers }) {
          headers["set-cookie"] = headers["set-cookie"]
            ? [headers["set-cookie"]].flat().map((line) => String(line).replace(/; HttpOnly/i, ""))
            : [];
        },
      },
      "app: session cookie",
      /rewrites cookies/,
    ],
    [
      "a cached token route",
      "app",
      cache("/api/party/token"),
      "app: tokens are not cached",
      /cache/,
    ],
    [
      "a slow token route",
      "app",
      {
        back: ({ status }, { url }) =>
          url === "/api/party/token" && status === 200
            ? new Promise((resolve) => setTimeout(resolve, 2_100))
            : undefined,
      },
      "app: mint is quick",
      /one region/,
    ],
    [
      "a token route that hands tokens to foreign pages",
      "app",
      {
        instead: ({ url, headers }) =>
          url === "/api/party/token" && headers.origin === "https://foreign.invalid"
            ? { status: 200, body: "{}" }
            : undefined,
      },
      "app: no token for foreign pages",
      /Sec-Fetch-Site/,
    ],
    [
      "a party that lets everybody in",
      "party",
      { letIn: 401 },
      "party: refuses forged tokens",
      /Anybody can enter/,
    ],
    [
      "a party that does not look at where a page is from",
      "party",
      { dial: (headers) => void delete headers.origin },
      "party: refuses foreign pages",
      /Origin/,
    ],
    [
      "a party that answers strangers",
      "party",
      toStrangers(/^\/parties\/main\/[^/?]+\/messages/, { body: "[]" }),
      "party: closed to strangers' requests",
      /http-gate/,
    ],
    [
      "a party that does not hear of sign-outs",
      "party",
      toApp(/\/revoke$/, { status: 200, body: "{}" }),
      "both: sign-out closes the socket",
      /every POST/,
    ],
  ];
for (const [what, side, twist, line, remedy] of spoilt) {
  test(`${what}: its line, and no other`, async ({ pair }) => {
    pair[side].twist(twist);
    await expectIll(pair, line, remedy);
  });
}

test("a party with keys of another app", async ({ pair }) => {
  const others = { PARTY_TOKEN_JWKS: JSON.stringify(makeTokenKeys().keySet) };
  await meanwhile(pair.stack.party, others, () =>
    expectIll(pair, "party: takes the app's tokens", /PARTY_TOKEN_JWKS=http/),
  );
});

test("a party for which another app is the issuer", async ({ pair }) => {
  const origins = { APP_ORIGINS: `https://other.example,${pair.app.url}` };
  await meanwhile(pair.stack.party, origins, () =>
    expectIll(pair, "party: takes the app's tokens", /first of APP_ORIGINS/),
  );
});

test("a party that does not know the app's origin", async ({ pair }) => {
  await meanwhile(pair.stack.party, { APP_ORIGINS: "https://other.example" }, () =>
    expectIll(pair, "party: takes the app's pages", /APP_ORIGINS=http/),
  );
});

test("an app without its tables", async ({ pair }) => {
  const empty = { DATABASE_URL: `${pair.stack.databaseUrl}.empty` };
  await meanwhile(pair.stack.app, empty, () => expectIll(pair, "app: database", /npm run migrate/));
});

test("an app that looks for its party elsewhere", async ({ pair }) => {
  await meanwhile(pair.stack.app, { PARTY_HOST: `127.0.0.1:${await freePort()}` }, () =>
    expectIll(pair, "app: reaches the party", /PARTY_HOST=/),
  );
});

test("an app that takes itself for another", async ({ pair }) => {
  await meanwhile(pair.stack.app, { NEXTAUTH_URL: "http://localhost:9" }, () =>
    expectIll(pair, "app: its own address", /NEXTAUTH_URL=http/),
  );
});

test("clocks that differ are told before tokens are refused, and after", async ({ pair }) => {
  await meanwhile(pair.stack.app, { CLOCK_SKEW_MS: "-7000" }, () =>
    expectIll(pair, "both: one clock", /NTP/),
  );
  await meanwhile(pair.stack.app, { CLOCK_SKEW_MS: "60000" }, () =>
    expectIll(pair, "party: takes the app's tokens", /NTP/),
  );
});

test("where nobody may sign up, an account of one's own will do", async ({ pair }) => {
  await meanwhile(pair.stack.app, { LIMIT_SIGN_UPS_PER_HOUR: "1" }, async () => {
    await look(pair);
    await expectIll(pair, "app: sign-up", /--email/);
    const account = { email: "ada@example.com", password: "correct horse battery" };
    for (let visit = 0; visit < 2; visit++) {
      const findings = await look(pair, account);
      expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
    }
    const order = [pair.app.url, pair.party.host, "--email", account.email, "--password-stdin"];
    const { status, said } = await command(order, `${account.password}\n`);
    expect(said).not.toContain(account.password);
    expect(status).toBe(0);
  });
});

/** The command as a person types it. */
function command(words: string[], input = ""): Promise<{ status: number | null; said: string }> {
  const script = path.join(import.meta.dirname, "../scripts/doctor.mjs");
  const child = spawn(process.execPath, [script, ...words], { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
  child.stdin.end(input);
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, said })));
}
