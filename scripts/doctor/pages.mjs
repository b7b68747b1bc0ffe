import { ask, word } from "./ask.mjs";
import { must } from "./ill.mjs";

const HEADERS = {
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^(strict-origin-when-cross-origin|strict-origin|same-origin|no-referrer)$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "x-frame-options": /^DENY$/i,
  "permissions-policy": /camera=\(\).*microphone=\(\)/,
};
const HSTS = /^max-age=(\d{8,})/;
const KEPT = "Something between app and visitor takes it away: a proxy or a rule of the host.";

/** Directives of a policy by name. */
export function policyOf(text) {
  const lines = (text ?? "").split(";").map((line) => line.trim().split(/\s+/));
  return new Map(lines.filter(([name]) => name).map(([name, ...words]) => [name, words]));
}

/** What a page's policy allows that it should not; empty where it is sound. Pure. */
export function holesIn(policy) {
  const of = (name) => policy.get(name) ?? policy.get("default-src") ?? ["*"];
  const holes = [];
  for (const word of ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:"]) {
    if (of("script-src").includes(word)) holes.push(`script-src ${word}`);
  }
  if (!of("script-src").some((word) => word.startsWith("'nonce-"))) {
    holes.push("script-src without a nonce");
  }
  // Those that default-src does not stand in for have to be there themselves.
  const own = { "base-uri": policy.get("base-uri"), "object-src": of("object-src") };
  own["frame-ancestors"] = policy.get("frame-ancestors");
  for (const [name, words] of Object.entries(own)) {
    if (words?.join() !== "'none'") holes.push(`${name} is not 'none'`);
  }
  return holes;
}

/** What the party's sources lack, or how they are too wide; empty where both fit. Pure. */
export function wrongSources(policy, party) {
  const sources = policy.get("connect-src") ?? [];
  const lacks = [party.ws, party.http].filter((source) => !sources.includes(source));
  const wide = sources.filter((source) => /^(\*|[a-z]+:|[a-z]+:\/\/\*)$/i.test(source));
  return { lacks, wide };
}

const nonceOf = (policy) => policy.get("script-src")?.find((word) => word.startsWith("'nonce-"));

export const pageChecks = [
  {
    name: "app: its own address",
    after: ["app: answers"],
    async run({ app }) {
      const { status, headers, ms } = await ask(`${app}/rooms`);
      const to = headers.get("location");
      const target = to === null ? null : new URL(to, app);
      must(
        status >= 300 && status < 400 && target !== null,
        `/rooms answers ${status} to somebody signed out`,
        "Signed out it leads to the sign-in page: is this the app, at its newest build?",
      );
      must(
        target.origin === app && target.pathname === "/sign-in",
        `the app sends visitors to ${word(target.origin)}`,
        `Set NEXTAUTH_URL=${app} on the app, and deploy it again.`,
      );
      return { ms };
    },
  },
  {
    name: "app: security headers",
    after: ["app: answers"],
    async run(ward) {
      ward.page = await ask(`${ward.app}/sign-in`);
      const { headers, status, ms } = ward.page;
      must(status === 200, `/sign-in answers ${status}`, "Look at the app's log for this moment.");
      const wrong = Object.entries(HEADERS).filter(([name, form]) => {
        return !form.test(headers.get(name) ?? "");
      });
      const names = wrong.map(([name]) => name);
      if (ward.app.startsWith("https:")) {
        const age = Number(HSTS.exec(headers.get("strict-transport-security") ?? "")?.[1] ?? 0);
        if (age < 31_536_000) names.push("strict-transport-security");
      }
      must(names.length === 0, `wrong or missing: ${names.join(", ")}`, KEPT);
      return { figure: `${Object.keys(HEADERS).length} and more`, ms };
    },
  },
  {
    name: "app: page policy (CSP)",
    after: ["app: answers"],
    async run(ward) {
      const pages = [await ask(`${ward.app}/sign-in`), await ask(`${ward.app}/sign-in`)];
      const [one, other] = pages.map(({ headers }) =>
        policyOf(headers.get("content-security-policy")),
      );
      ward.policy = one;
      must(one.size > 0, "there is none", KEPT);
      const holes = holesIn(one);
      must(
        holes.length === 0,
        holes.join(", "),
        "Pages are to run no script but their own: see lib/env/csp.ts, and NODE_ENV=production.",
      );
      must(
        nonceOf(one) !== nonceOf(other),
        "two visitors get the same nonce",
        "A cache serves pages to everybody: let it pass on what says no-store or private.",
      );
      return "scripts by nonce alone";
    },
  },
  {
    name: "app: policy admits the party",
    after: ["app: page policy (CSP)", "app: reaches the party"],
    async run({ policy, party }) {
      const { lacks, wide } = wrongSources(policy, party);
      must(
        lacks.length === 0,
        `connect-src lacks ${lacks.join(" ")}`,
        `Set PARTY_HOST=${party.host} on the app, and deploy it again.`,
      );
      must(
        wide.length === 0,
        `connect-src has ${wide.map(word).join(" ")}`,
        "Name the party, and no scheme: lib/env/csp.ts.",
      );
      return party.ws;
    },
  },
];
