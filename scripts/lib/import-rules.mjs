/**
 * Who may import whom, as lint rules. docs/ARCHITECTURE.md tells why; lib/architecture.test.ts
 * proves that each rule bites.
 */
const PLATFORM = ["next", "next/**", "next-auth", "next-auth/**", "react", "react-dom", "react/**"];
const ENGINES = ["partykit", "partykit/**", "partyserver", "partyserver/**", "cloudflare:*"];
const EDGE = [...ENGINES, "partysocket", "partysocket/**"];
const NODE = ["node:*", "fs", "path", "crypto", "server-only"];

/** Patterns for folders of the tree, however they are reached: `../x`, `../lib/x`, `@/lib/x`. */
const folder = (...names) =>
  names.flatMap((name) =>
    ["..", "../..", "../lib", "../../lib", "@", "@/lib"].flatMap((from) => [
      `${from}/${name}`,
      `${from}/${name}/**`,
    ]),
  );

const forbid = (group, message) => ({ group, message });
const imports = (...patterns) => ({ "no-restricted-imports": ["error", { patterns }] });
const TESTS = ["**/*.test.ts", "**/*.test.tsx"];

const NEXT_AUTH = forbid(["next-auth", "next-auth/**"], "Only lib/auth knows next-auth.");
const ENGINE = forbid(ENGINES, "Only party/partykit.ts and party/cloudflare.ts know an engine.");
const SOCKET = forbid(["partysocket", "partysocket/**"], "Only lib/client touches the socket.");
const PARTY = forbid(folder("party"), "The app and the party share lib/ and nothing else.");
const BELOW = forbid(folder("app", "components"), "lib/ is below.");

const NOT_THE_PARTYS = [
  forbid(PLATFORM, "The party knows neither Next nor React."),
  forbid(
    folder("app", "components", "auth", "accounts", "client", "party-api"),
    "The party knows no database and no cookie.",
  ),
  forbid(["**/token/mint"], "The party verifies; it never mints."),
];
/** One per engine. */
const SHELLS = ["party/partykit.ts", "party/cloudflare.ts"];

const clock = (object, property) => ({
  object,
  property,
  message: "Time and randomness are arguments here.",
});

export const importRules = [
  {
    files: ["lib/**/*.{ts,tsx}"],
    ignores: TESTS,
    rules: imports(NEXT_AUTH, ENGINE, SOCKET, PARTY, BELOW),
  },
  {
    files: ["lib/protocol/**/*.ts", "lib/room/**/*.ts"],
    ignores: TESTS,
    rules: {
      ...imports(
        forbid([...PLATFORM, ...EDGE, ...NODE], "The wire and the rules know no platform."),
        forbid(
          folder("app", "components", "party", "auth", "accounts", "client", "env", "party-api"),
          "The wire and the rules know no edge.",
        ),
      ),
      "no-restricted-globals": [
        "error",
        ...["window", "document", "process", "navigator", "fetch", "crypto", "performance"],
        ...["setTimeout", "setInterval", "localStorage"],
      ],
      "no-restricted-properties": [
        "error",
        clock("Date", "now"),
        clock("performance", "now"),
        clock("Math", "random"),
        clock("crypto", "randomUUID"),
      ],
    },
  },
  {
    files: ["lib/client/**/*.{ts,tsx}"],
    ignores: TESTS,
    rules: imports(
      NEXT_AUTH,
      ENGINE,
      PARTY,
      forbid(
        folder("app", "components", "auth", "accounts", "env", "room", "party-api", "token"),
        "The browser knows the wire and nothing else.",
      ),
      forbid(["server-only", "node:*"], "This runs in the browser."),
    ),
  },
  {
    files: ["lib/client/**/*.{ts,tsx}"],
    ignores: [...TESTS, "lib/client/react.{ts,tsx}"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "ImportDeclaration[source.value=/^react(-dom)?(\\u002F|$)/]",
          message: "lib/client/react is the only React file here.",
        },
      ],
    },
  },
  {
    files: ["lib/auth/**/*.ts"],
    ignores: TESTS,
    rules: imports(
      ENGINE,
      SOCKET,
      PARTY,
      BELOW,
      forbid(folder("client"), "The server is not the page."),
    ),
  },
  {
    files: ["party/**/*.ts"],
    ignores: [...TESTS, ...SHELLS],
    rules: imports(...NOT_THE_PARTYS, ENGINE),
  },
  { files: SHELLS, rules: imports(...NOT_THE_PARTYS) },
  {
    files: ["app/**/*.{ts,tsx}", "proxy.ts", "instrumentation.ts", "instrumentation-client.ts"],
    ignores: [...TESTS, "app/api/auth/**"],
    rules: imports(NEXT_AUTH, ENGINE, SOCKET, PARTY),
  },
  {
    files: ["components/**/*.{ts,tsx}"],
    ignores: TESTS,
    rules: imports(
      NEXT_AUTH,
      ENGINE,
      SOCKET,
      PARTY,
      forbid(folder("accounts", "token", "env"), "Components are given what they draw."),
    ),
  },
  { files: ["scripts/**/*.mjs", "bench/**/*.mjs"], rules: { "no-console": "off" } },
  {
    files: ["scripts/lib/*.mjs"],
    ignores: ["**/*.test.mjs", "scripts/lib/own-stack.mjs"],
    rules: imports(forbid(["../*.mjs"], "What commands share is in scripts/lib.")),
  },
];
