import { connection, enter, expect, listen, messages, say, test } from "./fixtures";
import { plainBrowser } from "./plain-browser";

const LEASE_SECONDS = 4;
const GRACE_SECONDS = 3;
test.use({
  stackEnv: {
    PARTY_LEASE_SECONDS: String(LEASE_SECONDS),
    PARTY_GRACE_SECONDS: String(GRACE_SECONDS),
  },
});

const TEXTS = `[...document.querySelectorAll('[role=log] [role=article], [role=log] article')]
  .map((article) => article.textContent)`;
const STATUS = `document.querySelector('[role=status][aria-label=Connection]')?.textContent ?? ""`;

test("a page frozen beyond its lease and grace is back within 2.5 s of thawing, and has lost nothing", async ({
  person,
  room,
  stack,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  const boHears = listen(bo.page);
  await enter(bo.page, id);
  const browser = await plainBrowser();
  try {
    const page = await browser.open(`${stack.url}/rooms/${id}`, await ada.context.cookies());
    await expect.poll(() => page.evaluate(STATUS)).toMatch(/^Live/);
    await page.evaluate(`window.ticks = 0; setInterval(() => window.ticks++, 50)`);
    await say(bo.page, "Before");
    await expect.poll(() => page.evaluate<string[]>(TEXTS)).toHaveLength(1);
    const ticks = await page.evaluate<number>("window.ticks");

    await page.become("frozen");
    // The party's clock is the measure: four renewals of another are more than a lease and a grace.
    const renewals = () => boHears.frames.filter(({ type }) => type === "auth.refreshed").length;
    let said = 0;
    for (const from = renewals(); renewals() < from + 4;) {
      await say(bo.page, `Meanwhile ${++said}`);
      await expect(messages(bo.page).last()).toContainText(`Meanwhile ${said}`);
      const seen = renewals();
      await expect.poll(renewals, { timeout: 15_000 }).toBeGreaterThan(seen);
    }

    await page.become("active");
    const thawed = Date.now();
    const state = () => Promise.all([page.evaluate(STATUS), page.evaluate<string[]>(TEXTS)]);
    await expect
      .poll(
        async () => {
          const [status, texts] = await state();
          return /^Live/.test(String(status)) && texts.length;
        },
        { timeout: 10_000, intervals: [50] },
      )
      .toBe(1 + said);
    expect(Date.now() - thawed).toBeLessThan(2_500);
    // It was frozen: its own clock stood still all the while.
    expect((await page.evaluate<number>("window.ticks")) - ticks).toBeLessThan(100);
    const texts = await page.evaluate<string[]>(TEXTS);
    for (let n = 1; n <= said; n++) expect(texts[n]).toContain(`Meanwhile ${n}`);
    expect(page.sockets()).toBe(2);
  } finally {
    await browser.close();
  }
});

test("a page in the background, throttled by the browser itself, renews on its one socket", async ({
  person,
  room,
  stack,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  const browser = await plainBrowser();
  try {
    const page = await browser.open(`${stack.url}/rooms/${id}`, await ada.context.cookies());
    await expect.poll(() => page.evaluate(STATUS)).toMatch(/^Live/);
    await page.hide();
    await page.evaluate(`window.ticks = []; (function tick() {
      window.ticks.push(performance.now());
      setTimeout(tick, 50);
    })()`);
    const renewed = () =>
      page.evaluate<number>(`performance.getEntriesByType("resource")
      .filter(({ name }) => name.endsWith("/api/party/token")).length - 1`);
    await expect.poll(renewed, { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
    expect(await page.evaluate("document.visibilityState")).toBe("hidden");
    const slowest = await page.evaluate<number>(
      "Math.max(...window.ticks.map((at, index) => at - (window.ticks[index - 1] ?? at)))",
    );
    expect(slowest).toBeGreaterThan(500);
    expect(page.sockets()).toBe(1);
    expect(await page.evaluate(STATUS)).toMatch(/^Live/);
  } finally {
    await browser.close();
  }
});

test("a page whose timers are throttled to once a minute is prompted by the party, and renews in time", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  // Chromium's intensive throttling of hidden pages, which headless pages never meet by themselves.
  await ada.page.addInitScript(() => {
    const real = window.setTimeout.bind(window);
    const slow = (callback: TimerHandler, ms = 0, ...rest: unknown[]) =>
      real(callback, ms >= 1_000 ? Math.max(ms, 60_000) : ms, ...rest);
    window.setTimeout = slow as typeof window.setTimeout;
  });
  const heard = listen(ada.page);
  await enter(ada.page, id);
  const count = (type: string) => heard.frames.filter((frame) => frame.type === type).length;
  await expect.poll(() => count("auth.refreshed"), { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
  expect(count("auth.expiring")).toBeGreaterThanOrEqual(3);
  expect(count("auth.expired")).toBe(0);
  expect(heard.sockets).toBe(1);
  await expect(connection(ada.page)).toHaveText(/^Live/);
});

for (const [what, clock] of [
  ["three days ahead", { offsetMs: 3 * 86_400_000, jumpMs: 0 }],
  ["a year behind", { offsetMs: -365 * 86_400_000, jumpMs: 0 }],
  ["that jumps by an hour, back and forth", { offsetMs: 0, jumpMs: 3_600_000 }],
] as const) {
  test(`a local clock ${what} changes nothing about the lease`, async ({ person, room }) => {
    const ada = await person("Ada");
    const id = await room(ada);
    await ada.page.addInitScript(({ offsetMs, jumpMs }) => {
      const real = Date.now.bind(Date);
      // Another hour every two seconds.
      const now = () => real() + offsetMs + (Math.floor(real() / 2_000) % 2) * jumpMs;
      const RealDate = Date;
      class WrongDate extends RealDate {
        constructor(...given: unknown[]) {
          super(...((given.length ? given : [now()]) as [number]));
        }
        static override now = now;
      }
      window.Date = WrongDate as DateConstructor;
    }, clock);
    const heard = listen(ada.page);
    let requests = 0;
    ada.page.on("request", (request) => {
      if (request.url().endsWith("/api/party/token")) requests++;
    });
    await enter(ada.page, id);
    const count = (type: string) => heard.frames.filter((frame) => frame.type === type).length;
    await expect.poll(() => count("auth.refreshed"), { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
    expect(count("auth.expired")).toBe(0);
    expect(heard.sockets).toBe(1);
    // One to connect and one per renewal, of which the last may be under way.
    expect(requests - count("auth.refreshed")).toBeLessThanOrEqual(2);
    await say(ada.page, "On time");
    await expect(messages(ada.page)).toHaveCount(1);
    // The party's day: one clock that jumps may have done so across midnight.
    if (clock.jumpMs === 0)
      await expect(ada.page.getByRole("separator", { name: "Today" })).toBeVisible();
  });
}

// Chromium keeps no page in its back-forward cache that was answered with `no-store` and had a
// socket; other browsers may: what a page does that was restored is proved in lib/client/wake.test.ts.
test("back and forward lead to a live room with its draft, whatever the browser kept of the page", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await enter(bo.page, id);
  await enter(ada.page, id);
  await say(ada.page, "Before the way back");
  await expect(messages(bo.page)).toHaveCount(1);
  await ada.page.getByRole("textbox", { name: "Message" }).fill("half a thought");
  // A document of its own, so that this is history of the browser and not of the app.
  await ada.page.goto("/api/health");
  await say(bo.page, "While you were away");
  await expect(messages(bo.page)).toHaveCount(2);
  await ada.page.goBack();
  await expect(connection(ada.page)).toHaveText(/^Live/);
  await expect(messages(ada.page)).toContainText(["Before the way back", "While you were away"]);
  await expect(messages(ada.page)).toHaveCount(2);
  await expect(ada.page.getByRole("textbox", { name: "Message" })).toHaveValue("half a thought");
  await ada.page.goForward();
  await ada.page.goBack();
  await expect(connection(ada.page)).toHaveText(/^Live/);
  await say(ada.page, "And once more");
  await expect(messages(bo.page).last()).toContainText("And once more");
});
