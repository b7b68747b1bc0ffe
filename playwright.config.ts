import { defineConfig } from "@playwright/test";

const root = process.getuid?.() === 0;
const browser = process.env.HEADLESS_SHELL_PATH ?? process.env.CHROMIUM_PATH;

/** The two-people tests. Each worker starts an app and a party of its own: see e2e/fixtures.ts. */
export default defineConfig({
  testDir: "e2e",
  fullyParallel: false,
  // Most of a test is waiting: for leases, graces and other people. Two cores serve three of them.
  workers: 3,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: "test-results",
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    // A trace of everything costs as much as the tests: E2E_TRACE=1 for those that failed.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(browser && { executablePath: browser }),
      // Chromium refuses its own sandbox to root, as in most containers.
      args: root ? ["--no-sandbox"] : [],
    },
  },
});
