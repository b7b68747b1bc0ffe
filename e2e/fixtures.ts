import {
  test as base,
  expect,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from "@playwright/test";
import { randomUUID } from "node:crypto";
import { makeSecret } from "../scripts/lib/keys.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";

type Stack = Awaited<ReturnType<typeof ownStack>> & { apiKey: string };

export interface Account {
  name: string;
  email: string;
  password: string;
}

/** Somebody with a browser of their own. */
export interface Person extends Account {
  context: BrowserContext;
  page: Page;
  /** One more tab of the same browser. */
  tab(): Promise<Page>;
}

interface PerTest {
  /** An account nobody has used. */
  account(name: string): Promise<Account>;
  /** A person with a fresh account, signed in. */
  person(name: string): Promise<Person>;
  /** One of the seeded people, signed in. */
  demo(name: "ada" | "grace" | "linus"): Promise<Person>;
  /** A browser that nobody has signed in with. */
  stranger(options?: BrowserContextOptions): Promise<Page>;
  /** A public room nobody has spoken in. */
  room(owner: Person): Promise<string>;
  /** Fills a room with `count` lines, "Line 1" and on, said by two who are not there. */
  fill(room: string, count: number, from?: number): Promise<void>;
  /** Errors of the page that this test expects, as parts of their text. */
  expectedErrors: string[];
}

interface PerWorker {
  /** Environment of this file's own app and party. */
  stackEnv: Record<string, string>;
  /** The party takes its keys from the app's address, not from its environment. */
  liveKeys: boolean;
  /** "dev": the development server in place of the production build. */
  mode: "start" | "dev";
  stack: Stack;
}

/** No token, cookie, password or address of a person: what no log may hold. */
const SECRET = /eyJ|token=|session-token|@example\.com|quiet lantern|correct horse/;

/** What Chromium says of an app that is not there, or goes while it is asked. */
export const APP_GONE = ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"];

let serial = 0;
const unique = () => `${process.pid}-${Date.now().toString(36)}-${(serial++).toString(36)}`;

export const test = base.extend<PerTest, PerWorker>({
  stackEnv: [{}, { option: true, scope: "worker" }],
  liveKeys: [false, { option: true, scope: "worker" }],
  mode: ["start", { option: true, scope: "worker" }],
  stack: [
    async ({ stackEnv, liveKeys, mode }, use) => {
      const apiKey = makeSecret();
      const env = { LIMIT_TOKENS_PER_MINUTE: "10000", PARTY_API_KEY: apiKey, ...stackEnv };
      const stack = await ownStack(env, { liveKeys, mode });
      await use({ ...stack, apiKey });
      await stack.stop();
      // A promise of every test in the file.
      const leaks = stack.log.filter((line) => SECRET.test(line));
      expect(leaks, "secrets in the logs").toEqual([]);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  expectedErrors: async ({}, use) => use([]),

  stranger: async ({ browser, stack, expectedErrors }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: stack.url, ...options });
      contexts.push(context);
      context.on("page", (page) => collectErrors(page, errors));
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    const unexpected = errors.filter((text) => !expectedErrors.some((part) => text.includes(part)));
    expect(unexpected, "errors on the pages' consoles").toEqual([]);
  },

  account: async ({ stack }, use) => {
    await use(async (name) => {
      const account = {
        name,
        email: `${name.toLowerCase().replaceAll(" ", ".")}-${unique()}@example.com`,
        password: `quiet lantern ${unique()}`,
      };
      const response = await fetch(`${stack.url}/api/sign-up`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: stack.url },
        body: JSON.stringify(account),
      });
      expect(response.status).toBe(201);
      return account;
    });
  },

  person: async ({ stranger, account }, use) => {
    await use(async (name) => signedIn(await stranger(), await account(name)));
  },

  demo: async ({ stranger }, use) => {
    await use(async (name) =>
      signedIn(await stranger(), {
        name: `${name[0]!.toUpperCase()}${name.slice(1)}`,
        email: `${name}@example.com`,
        password: "correct horse battery",
      }),
    );
  },

  fill: async ({ stack }, use) => {
    await use(async (room, count, from = 1) => {
      for (let line = from; line < from + count; line++) {
        const answer = await fetch(`http://${stack.partyHost}/parties/main/${room}/messages`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${stack.apiKey}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({
            id: randomUUID(),
            // Some are longer than a line of the page.
            text: `Line ${line}${line % 5 ? "" : ", and more words about it".repeat(20)}`,
            as: `guest-${Math.floor(line / 3) % 2}`,
          }),
        });
        expect(answer.status).toBe(200);
      }
    });
  },

  room: async ({ stack }, use) => {
    await use(async (owner) => {
      const id = `room-${unique()}`;
      const response = await owner.context.request.post("/api/rooms", {
        headers: { origin: stack.url },
        data: { id, name: `Room ${id.slice(-6)}`, visibility: "public" },
      });
      expect(response.status()).toBe(201);
      return id;
    });
  },
});
export { expect };

/** Signs a browser in over NextAuth's own routes: what the form does, without drawing it. */
export async function signedIn(page: Page, account: Account): Promise<Person> {
  const context = page.context();
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const response = await context.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: account.email, password: account.password, json: "true" },
  });
  expect(response.status(), "sign-in").toBe(200);
  return { ...account, context, page, tab: () => context.newPage() };
}

/** The id of somebody who is signed in, as their session says. */
export const idOf = async ({ context }: Person): Promise<string> =>
  (await (await context.request.get("/api/auth/session")).json()).user.id;

function collectErrors(page: Page, errors: string[]) {
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
  });
}

export const connection = (page: Page): Locator => page.getByRole("status", { name: "Connection" });
export const transcript = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
export const messages = (page: Page): Locator => transcript(page).getByRole("article");
export const people = (page: Page): Locator =>
  page.getByRole("list", { name: "People" }).getByRole("listitem");

/** Opens a room and waits until it is live. */
export async function enter(page: Page, room: string) {
  await page.goto(`/rooms/${room}`);
  await expect(connection(page)).toHaveText(/^Live/);
}

export async function say(page: Page, text: string) {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The frames a page receives and the sockets it opens, from now on. */
export function listen(page: Page) {
  const heard = { sockets: 0, frames: [] as { type: string; [field: string]: unknown }[] };
  page.on("websocket", (socket) => {
    if (!socket.url().includes("/parties/")) return;
    heard.sockets++;
    socket.on("framereceived", ({ payload }) => {
      const value = JSON.parse(String(payload));
      heard.frames.push(...(Array.isArray(value) ? value : [value]));
    });
  });
  return heard;
}

/** What a tab in the background, or one that is back, looks like to its page. */
export async function hide(page: Page, hidden: boolean) {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    },
    hidden ? "hidden" : "visible",
  );
}
