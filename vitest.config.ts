import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = {
  "@": root.replace(/\/$/, ""),
  // Next's marker package throws outside a server bundle; in tests there is no bundle to guard.
  "server-only": fileURLToPath(new URL("./scripts/lib/empty.mjs", import.meta.url)),
};
const exclude = ["**/node_modules/**", ".next/**", ".guestlist/**", "e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          // Property tests count runs, not seconds: a busy machine is no failure.
          testTimeout: 60_000,
          // What Vitest takes by itself, without `process.hrtime`: Node 20.9 has `performance.now` from
          // there, and Vitest its own time limits from that.
          fakeTimers: {
            toFake: [
              "Date",
              "performance",
              "setTimeout",
              "setInterval",
              "setImmediate",
              "clearTimeout",
              "clearInterval",
              "clearImmediate",
            ],
          },
          include: ["**/*.test.{ts,tsx,mjs}"],
          exclude: [...exclude, "**/*.integration.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Each file has a party process of its own; two at a time suit a small machine.
          maxWorkers: 2,
        },
      },
    ],
  },
});
