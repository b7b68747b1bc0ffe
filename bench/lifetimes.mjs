import { chromium } from "playwright";
import { findBrowser } from "../scripts/lib/browser.mjs";
import { build } from "../scripts/lib/build.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";
import { percentile, promise, say } from "./lib/figures.mjs";
import { signIn, signUp } from "./lib/people.mjs";

/**
 * Three tabs of two people talk through ten lifetimes of authorisation, a message each 100 ms, and
 * nobody notices a renewal: prints gaps, duplicates, dials, token requests and presence changes.
 * `node bench/lifetimes.mjs`, a bit more than a minute.
 */
const LEASE_SECONDS = 6;
const LIFETIMES = 10;
const EVERY_MS = 100;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await build({ quiet: true });
const stack = await ownStack({ PARTY_LEASE_SECONDS: String(LEASE_SECONDS) });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

/** A browser of somebody who is signed in, by the cookies of their sign-in. */
async function browserOf(account) {
  const { headers } = await signIn(stack.url, account);
  const context = await browser.newContext({ baseURL: stack.url });
  await context.addCookies(
    headers.cookie.split("; ").map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: stack.url };
    }),
  );
  return context;
}

/** A tab in the room, and everything that it hears and asks for. */
async function openTab(context, name) {
  const page = await context.newPage();
  const heard = {
    dials: 0,
    tokens: 0,
    messages: [],
    renewals: 0,
    presence: 0,
    expired: 0,
    errors: 0,
  };
  page.on("request", (request) => {
    if (request.url().endsWith("/api/party/token")) heard.tokens++;
  });
  page.on("pageerror", () => heard.errors++);
  page.on("websocket", (socket) => {
    if (!socket.url().includes("/parties/")) return;
    heard.dials++;
    socket.on("framereceived", ({ payload }) => {
      for (const frame of [JSON.parse(String(payload))].flat()) {
        // What was missed in a grace follows it as history: late, and not lost.
        const told = frame.type === "chat.message" ? [frame] : [];
        if (frame.type === "history") told.push(...frame.messages);
        for (const { seq } of told) heard.messages.push({ seq, at: performance.now() });
        if (frame.type === "auth.refreshed") heard.renewals++;
        if (frame.type === "auth.expired") heard.expired++;
        if (frame.type === "presence.diff") heard.presence++;
      }
    });
  });
  await page.goto("/rooms/general");
  await page.getByRole("status", { name: "Connection" }).filter({ hasText: /^Live/ }).waitFor();
  return { name, page, heard, box: page.getByRole("textbox", { name: "Message" }) };
}

const [ada, bo] = [await signUp(stack.url), await signUp(stack.url)];
const adas = await browserOf(ada);
const tabs = [
  await openTab(adas, "Ada, first tab "),
  await openTab(adas, "Ada, second tab"),
  await openTab(await browserOf(bo), "Bo             "),
];
await wait(500);
// Coming in is news; from here on nothing about people is.
for (const { heard } of tabs) heard.presence = 0;

const from = performance.now();
let said = 0;
const goOn = () =>
  performance.now() - from < LEASE_SECONDS * LIFETIMES * 1_000 ||
  tabs.some(({ heard }) => heard.renewals < LIFETIMES);
/** The tabs take turns: each speaks in its own beat, so that a slow click holds no other up. */
async function speak({ box }, turn) {
  for (let beat = turn; goOn(); beat += tabs.length) {
    await wait(Math.max(0, from + beat * EVERY_MS - performance.now()));
    await box.fill(`Message ${++said}`);
    await box.press("Enter");
  }
}
await Promise.all(tabs.map(speak));
const seconds = (performance.now() - from) / 1_000;
const deadline = performance.now() + 10_000;
while (tabs.some(({ heard }) => heard.messages.length < said) && performance.now() < deadline) {
  await wait(50);
}

say(
  `${said} messages in ${seconds.toFixed(1)} s, one each ${((seconds * 1_000) / said).toFixed(0)} ms`,
);
const sum = { gaps: 0, duplicates: 0, dials: 0, presence: 0, extra: 0, expired: 0, errors: 0 };
for (const { name, heard } of tabs) {
  const seqs = heard.messages.map(({ seq }) => seq);
  const different = new Set(seqs);
  const gaps = said - different.size;
  const duplicates = seqs.length - different.size;
  const inOrder = seqs.every((seq, index) => index === 0 || seq > seqs[index - 1]);
  const pauses = heard.messages.slice(1).map(({ at }, index) => at - heard.messages[index].at);
  say(
    `${name}  gaps ${gaps}  duplicates ${duplicates}  in order ${inOrder ? "yes" : "NO"}  ` +
      `dials ${heard.dials}  renewals ${heard.renewals}  token requests ${heard.tokens}  ` +
      `presence changes ${heard.presence}  longest pause ${Math.max(...pauses).toFixed(0)} ms ` +
      `(p99 ${percentile(pauses, 0.99).toFixed(0)} ms)`,
  );
  sum.gaps += gaps + (inOrder ? 0 : 1);
  sum.duplicates += duplicates;
  sum.dials += heard.dials;
  sum.presence += heard.presence;
  sum.expired += heard.expired;
  sum.errors += heard.errors;
  // One to come in and one for each renewal; the last may be under way.
  sum.extra += Math.max(0, heard.tokens - 1 - heard.renewals - 1);
}
promise("gaps", sum.gaps, sum.gaps === 0);
promise("duplicates", sum.duplicates, sum.duplicates === 0);
promise("dials, one per tab", sum.dials, sum.dials === tabs.length);
promise("token requests beyond one per renewal", sum.extra, sum.extra === 0);
promise("leases that ended before they were renewed", sum.expired, sum.expired === 0);
promise("presence changes", sum.presence, sum.presence === 0);
promise("errors of the pages", sum.errors, sum.errors === 0);

await browser.close();
await stack.stop();
process.exit();
