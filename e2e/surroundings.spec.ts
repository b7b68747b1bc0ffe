import { renameSync } from "node:fs";
import path from "node:path";
import { APP_GONE, connection, enter, expect, messages, say, test, transcript } from "./fixtures";

/** What is around a room fails; what people see, what is kept, and how it comes back. */
const LEASE_SECONDS = 10;
/** Leases, graces and waits of a client that comes back add up. */
test.describe.configure({ timeout: 150_000 });
test.use({
  stackEnv: {
    PARTY_LEASE_SECONDS: String(LEASE_SECONDS),
    PARTY_GRACE_SECONDS: "3",
    // The app's clock alone: the party has a process, and a clock, of its own.
    NODE_OPTIONS: `--require ${path.join(import.meta.dirname, "doctor-clock.cjs")}`,
    CLOCK_SKEW_MS: "0",
  },
});

test("people talk on while the app is down, until the lease ends, and lose nothing", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push(...APP_GONE, "WebSocket connection");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await stack.app.stop();
  for (const [from, to] of [
    [ada, bo],
    [bo, ada],
  ] as const) {
    await say(from.page, `${from.name} talks on`);
    await expect(transcript(to.page)).toContainText(`${from.name} talks on`);
  }
  // No token, so no lease: first the grace, then a closed socket.
  for (const { page } of [ada, bo]) {
    await expect(connection(page)).toHaveText(/^(Renewing|Reconnecting)/, { timeout: 30_000 });
    await expect(connection(page)).toHaveText(/^Reconnecting/, { timeout: 30_000 });
  }
  await say(ada.page, "Written meanwhile");
  await expect(messages(bo.page)).toHaveCount(2);
  await stack.app.start();
  for (const { page } of [ada, bo]) {
    await expect(connection(page)).toHaveText(/^Live/, { timeout: 60_000 });
    await expect(messages(page).locator("p")).toHaveText([
      "Ada talks on",
      "Bo talks on",
      "Written meanwhile",
    ]);
  }
});

test("a party that is down keeps nobody from signing in; rooms open and go live when it is back", async ({
  stranger,
  account,
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("WebSocket connection");
  const ada = await person("Ada");
  const id = await room(ada);
  await enter(ada.page, id);
  await say(ada.page, "Before");
  await expect(ada.page.locator("[data-state=sent]")).toHaveCount(1);
  await stack.party.kill();
  await expect(connection(ada.page)).toHaveText(/^Reconnecting/);
  await say(ada.page, "While it is down");

  const bo = await account("Bo");
  const page = await stranger();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(bo.email);
  await page.getByLabel("Password", { exact: true }).fill(bo.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/rooms$/);
  await page.goto(`/rooms/${id}`);
  await expect(connection(page)).toHaveText(/^(Connecting|Reconnecting)/);
  const health = await fetch(`${stack.url}/api/health`);
  expect(health.status).toBe(503);
  expect(await health.json()).toEqual({ ok: false, database: true, party: false });

  await stack.party.start();
  for (const one of [ada.page, page]) {
    await expect(connection(one)).toHaveText(/^Live/, { timeout: 60_000 });
    await expect(messages(one).locator("p")).toHaveText(["Before", "While it is down"]);
  }
});

test("a database that is gone stops sign-ins with a word, and no conversation", async ({
  stranger,
  account,
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("503");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  const cy = await account("Cy");
  const page = await stranger();
  await page.goto("/sign-in");
  const file = stack.databaseUrl.slice("file:".length);
  renameSync(file, `${file}.away`);
  try {
    await page.getByLabel("Email").fill(cy.email);
    await page.getByLabel("Password", { exact: true }).fill(cy.password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("Signing in does not work just now.")).toBeVisible();
    const health = await fetch(`${stack.url}/api/health`);
    expect(await health.json()).toEqual({ ok: false, database: false, party: true });
    await say(ada.page, "Still here");
    await expect(transcript(bo.page)).toContainText("Still here");
  } finally {
    renameSync(`${file}.away`, file);
  }
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/rooms$/);
  // Whoever is here has renewed meanwhile, or does so now; nobody was signed out.
  for (const one of [ada.page, bo.page]) {
    await expect(connection(one)).toHaveText(/^Live/, { timeout: 60_000 });
  }
});

test("clocks that differ by a minute stop a room with a word, and it opens once they agree", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push(...APP_GONE);
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  await stack.app.stop();
  await stack.app.start({ CLOCK_SKEW_MS: "60000" });
  try {
    await page.goto(`/rooms/${id}`);
    await expect(connection(page)).toHaveText(/^Stopped/, { timeout: 30_000 });
    // One dial and another try; the app's own questions are refused too.
    const refused = stack.log.filter((line) => line.includes('"reason":"future"'));
    expect(refused.filter((line) => !line.includes('"over":"http"'))).toHaveLength(2);
  } finally {
    await stack.app.stop();
    await stack.app.start({ CLOCK_SKEW_MS: "0" });
  }
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(connection(page)).toHaveText(/^Live/, { timeout: 30_000 });
});

test("an app that is stopped under load ends what it has begun, and is gone in ten seconds", async ({
  person,
  room,
  stack,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  const cookie = (await ada.context.cookies()).map(({ name, value }) => `${name}=${value}`);
  const headers = {
    cookie: cookie.join("; "),
    origin: stack.url,
    "content-type": "application/json",
  };
  const order = JSON.stringify({ room: id, use: "connect" });
  const ask = (n: number) =>
    n % 2
      ? fetch(`${stack.url}/api/party/token`, { method: "POST", headers, body: order })
      : fetch(`${stack.url}/rooms/${id}`, { headers });
  const outcomes: string[] = [];
  let [going, asked] = [true, 0];
  const load = Array.from({ length: 8 }, async () => {
    while (going) {
      // An answer that has begun comes whole; what comes too late is not taken at all.
      const outcome = await ask(asked++).then(
        async (answer) => {
          const text = await answer.text().catch(() => "");
          const isWhole = text.endsWith("}") || text.includes("</html>");
          return `${answer.status} ${isWhole ? "whole" : "cut"}`;
        },
        () => "not taken",
      );
      outcomes.push(outcome);
      if (!/^200/.test(outcome)) return;
    }
  });
  while (outcomes.length < 40) await new Promise((resolve) => setTimeout(resolve, 20));
  const from = performance.now();
  const status = await stack.app.stop();
  const tookMs = performance.now() - from;
  going = false;
  await Promise.all(load);
  await stack.app.start();
  // Next's own for an end that SIGTERM asked for; a SIGKILL, after ten seconds, has none.
  expect(status).toBe(143);
  expect(tookMs).toBeLessThan(10_000);
  const tally = [...new Set(outcomes)].sort();
  expect(tally.filter((one) => !/^(200 whole|not taken)$/.test(one))).toEqual([]);
});
