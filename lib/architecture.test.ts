import { readdirSync } from "node:fs";
import path from "node:path";
import { ESLint } from "eslint";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const modules = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => path.join(root, folder, name));

/** Bundling, and loading the rules with their parser, take seconds on a busy machine. */
const SLOW_MS = 60_000;

describe("the house", () => {
  const eslint = new ESLint({ cwd: root });
  beforeAll(() => eslint.calculateConfigForFile(path.join(root, "lib/room/x.ts")), SLOW_MS);

  it.each(["lib/protocol", "lib/room"])(
    "%s builds without any platform",
    async (folder) => {
      const result = await build({
        root,
        configFile: false,
        logLevel: "silent",
        build: {
          write: false,
          lib: { entry: modules(folder), formats: ["es"] },
          rollupOptions: {
            // Whatever is neither ours nor valibot would be a platform.
            onwarn(warning) {
              // A file of types alone leaves nothing behind.
              if (warning.code !== "EMPTY_BUNDLE") throw new Error(warning.message);
            },
          },
        },
      });
      const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
        "output" in one ? one.output : [],
      );
      for (const chunk of outputs) {
        if (chunk.type !== "chunk") continue;
        const foreign = Object.keys(chunk.modules).filter(
          (id) => !/\/lib\/(protocol|room)\/|\/valibot\//.test(id) && !id.startsWith("\0"),
        );
        expect(foreign).toEqual([]);
        expect(chunk.imports.filter((name) => name.startsWith("node:"))).toEqual([]);
      }
    },
    SLOW_MS,
  );

  it.each([
    ["lib/room/x.ts", 'import "react";'],
    ["lib/room/x.ts", 'import "node:fs";'],
    ["lib/room/x.ts", "export const t = Date.now();"],
    ["lib/room/x.ts", "export const t = Math.random();"],
    ["lib/protocol/x.ts", 'import "../client/store";'],
    ["lib/client/x.ts", 'import "react";'],
    ["lib/client/x.ts", 'import "../auth/session";'],
    ["lib/client/x.ts", 'import "../token/mint";'],
    ["lib/accounts/x.ts", 'import "next-auth";'],
    ["lib/api/x.ts", 'import "../../party/gate";'],
    ["lib/api/x.ts", 'import "@/components/ui/button";'],
    ["lib/auth/x.ts", 'import "@/app/layout";'],
    ["lib/auth/x.ts", 'import "partykit/server";'],
    ["party/x.ts", 'import "../lib/accounts/libsql";'],
    ["party/x.ts", 'import "../lib/token/mint";'],
    ["party/x.ts", 'import "next/headers";'],
    ["party/x.ts", 'import "partykit/server";'],
    ["party/x.ts", 'import "partyserver";'],
    ["party/partykit.ts", 'import "../lib/accounts/libsql";'],
    ["party/cloudflare.ts", 'import "../lib/token/mint";'],
    ["app/x.tsx", 'import "@/party/gate";'],
    ["app/x.tsx", 'import "next-auth";'],
    ["components/x.tsx", 'import "partysocket";'],
    ["components/x.tsx", 'import "@/party/room";'],
    ["components/x.tsx", 'import "@/lib/accounts/libsql";'],
    ["scripts/lib/x.mjs", 'import "../migrate.mjs";'],
  ])("%s may not say: %s", async (filePath, code) => {
    const [report] = await eslint.lintText(code, { filePath: path.join(root, filePath) });
    expect(report?.messages.map((message) => message.ruleId)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^no-restricted-/)]),
    );
  });
});
