import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createClient } from "@libsql/client";
import { connection, enter, expect, people, test } from "./fixtures";

test.use({
  stackEnv: { NODE_OPTIONS: `--require ${path.join(import.meta.dirname, "outbound-watch.cjs")}` },
});

/** A page of somebody else's, on this machine: another port is another origin of the same site. */
let foreign: Server;
let address = "";
test.beforeAll(async () => {
  foreign = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>Elsewhere</title>");
  });
  await new Promise<void>((resolve) => foreign.listen(0, "localhost", resolve));
  address = `http://localhost:${(foreign.address() as AddressInfo).port}/`;
});
test.afterAll(() => new Promise((resolve) => foreign.close(resolve)));

test("a page of another origin opens no socket with a good token, and gets none with the cookie", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push(
    "WebSocket connection",
    "CORS policy",
    "ERR_FAILED",
    "403",
    "ERR_BLOCKED_BY_RESPONSE",
  );
  const noor = await person("Noor");
  const id = await room(noor);
  const neverEntered = await room(noor);
  await enter(noor.page, id);
  const asked = await noor.context.request.post("/api/party/token", {
    headers: { origin: stack.url },
    data: { room: id, use: "connect" },
  });
  const { token } = (await asked.json()) as { token: string };
  const dial = `ws://${stack.partyHost}/parties/main/${id}?token=${token}`;

  const elsewhere = await noor.tab();
  await elsewhere.goto(address);
  const outcome = await elsewhere.evaluate(
    (url) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve("open");
        socket.onclose = ({ code }) => resolve(code);
      }),
    dial,
  );
  expect(outcome).toBe(1006);
  // The browser brings the cookie along, as both are one site: the route looks at where it is asked from.
  const answers = await elsewhere.evaluate(
    async ({ url, room }) =>
      Promise.all(
        (["cors", "no-cors"] as const).map((mode) =>
          fetch(`${url}/api/party/token`, {
            ...{ method: "POST", mode, credentials: "include" },
            body: JSON.stringify({ room, use: "connect" }),
          } as RequestInit).then(
            async (answer) => `${answer.type} ${await answer.text()}`,
            () => "blocked",
          ),
        ),
      ),
    { url: stack.url, room: neverEntered },
  );
  expect(answers).toEqual(["blocked", "blocked"]);
  // Nor was one made that the browser kept from it.
  const database = createClient({ url: stack.databaseUrl });
  const mints = await database.execute("SELECT room FROM mints WHERE room IN (?, ?)", [
    id,
    neverEntered,
  ]);
  database.close();
  expect(mints.rows.map((row) => row.room)).toEqual([id]);
  await expect(people(noor.page)).toHaveCount(1);

  // The same token, from a page of ours: it was good, and nobody has spent it.
  const own = await noor.tab();
  await own.goto("/rooms");
  const welcome = await own.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onmessage = ({ data }) => resolve(String(data));
        socket.onclose = ({ code }) => resolve(`closed ${code}`);
      }),
    dial,
  );
  expect(welcome).toContain('"type":"welcome"');
});

test("a script that gets into a page is not run", async ({ person, expectedErrors }) => {
  expectedErrors.push("Content Security Policy", "Trusted", "Minified React error", "404");
  const { page } = await person("Noor");
  const blocked: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) blocked.push(message.text());
  });
  const injected = `
    <script>window.ran = "inline"</script>
    <script nonce="">window.ran = "a nonce of nothing"</script>
    <script nonce="guessed">window.ran = "a guessed nonce"</script>
    <script src="${address}x.js"></script>
    <script src="data:text/javascript,window.ran='data'"></script>
    <img src="/nowhere.png" onerror="window.ran = 'a handler'">
    <svg onload="window.ran = 'svg'"></svg>
    <iframe srcdoc="<script>parent.ran = 'srcdoc'</script>"></iframe>
    <object data="${address}"></object>
    <base href="${address}">`;
  await page.route("**/rooms", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replace("</body>", `${injected}</body>`);
    expect(body).toContain(injected);
    await route.fulfill({ response, body });
  });
  await page.goto("/rooms");
  await expect.poll(() => blocked.length).toBeGreaterThanOrEqual(7);
  const late = await page.evaluate(() => {
    const link = Object.assign(document.createElement("a"), {
      href: "javascript:window.ran='link'",
    });
    document.body.append(link);
    link.click();
    try {
      const markup = `<img src="/x.png" onerror="window.ran='late'">`;
      document.body.insertAdjacentHTML("beforeend", markup);
    } catch (error) {
      return (error as Error).name;
    }
    return "inserted";
  });
  expect(late).toBe("TypeError");
  await expect.poll(() => blocked.length).toBeGreaterThanOrEqual(9);
  expect(await page.evaluate(() => (window as { ran?: string }).ran)).toBeUndefined();
  expect(await page.evaluate(() => document.baseURI)).not.toContain(address);
});

test("a page that is live holds its token in nothing that a script finds", async ({
  person,
  room,
}) => {
  const noor = await person("Noor");
  const tokens: string[] = [];
  const asked: string[] = [];
  noor.page.on("websocket", (socket) => {
    const token = new URL(socket.url()).searchParams.get("token");
    if (token) tokens.push(token);
  });
  noor.page.on("request", (request) => {
    asked.push(request.url(), ...Object.values(request.headers()));
  });
  const id = await room(noor);
  await enter(noor.page, id);
  await expect(connection(noor.page)).toHaveText(/^Live/);
  expect(tokens.length).toBeGreaterThan(0);
  const found = await noor.page.evaluate(async () => {
    const globals: unknown[] = [];
    const seen = new Set<unknown>();
    const walk = (value: unknown, depth: number): void => {
      if (typeof value === "string") return void globals.push(value);
      if (typeof value !== "object" || value === null || value instanceof Node) return;
      if (value === window && depth < 4) return;
      if (seen.has(value) || depth === 0) return;
      seen.add(value);
      for (const name of Object.keys(value)) {
        try {
          walk((value as Record<string, unknown>)[name], depth - 1);
        } catch {
          // A property that may not be read holds nothing for scripts.
        }
      }
    };
    walk(window, 4);
    const databases = await indexedDB.databases();
    return [
      ...[document.documentElement.outerHTML, document.cookie, document.referrer, location.href],
      ...[JSON.stringify(history.state), JSON.stringify({ ...localStorage })],
      ...[JSON.stringify({ ...sessionStorage }), JSON.stringify(databases)],
      ...[JSON.stringify(await caches.keys()), JSON.stringify(performance.getEntries())],
      JSON.stringify(globals),
    ];
  });
  expect(found.join("").length).toBeGreaterThan(10_000);
  for (const token of tokens) {
    const signature = token.split(".")[2] as string;
    expect(found.filter((text) => text.includes(signature))).toEqual([]);
    expect(asked.filter((text) => text.includes(signature) && !text.startsWith("ws"))).toEqual([]);
  }
  // Nothing keeps it for later either: after a reload another one is asked for.
  const before = new Set(tokens);
  await noor.page.reload();
  await expect(connection(noor.page)).toHaveText(/^Live/);
  expect(tokens.slice(before.size).some((token) => before.has(token))).toBe(false);
});

test("fifty requests for a session and a token at one moment sign nobody out", async ({
  person,
  room,
  stack,
}) => {
  const noor = await person("Noor");
  const id = await room(noor);
  const order = JSON.stringify({ room: id, use: "connect" });
  const tabs = [noor.page, await noor.tab()];
  for (const tab of tabs) await tab.goto("/rooms");
  const sessionCookie = async () =>
    (await noor.context.cookies()).find(({ name }) => name.endsWith("session-token"))?.value;
  const before = await sessionCookie();
  expect(before).toBeTruthy();
  const answers = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(
        (body) =>
          Promise.all(
            Array.from({ length: 25 }, async () => {
              const [session, token] = await Promise.all([
                fetch("/api/auth/session").then((answer) => answer.json()),
                fetch("/api/party/token", {
                  method: "POST",
                  headers: { "content-type": "application/json" },
                  body,
                }),
              ]);
              const { token: text } = (await token.json()) as { token?: string };
              return { name: session.user?.name, status: token.status, text };
            }),
          ),
        order,
      ),
    ),
  );
  // A browser has six connections to an app, and a proxy in front of it as many as it likes.
  const cookie = (await noor.context.cookies()).map(({ name, value }) => `${name}=${value}`);
  const headers = {
    cookie: cookie.join("; "),
    origin: stack.url,
    "content-type": "application/json",
  };
  const atOnce = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const [session, token] = await Promise.all([
        fetch(`${stack.url}/api/auth/session`, { headers }),
        fetch(`${stack.url}/api/party/token`, { method: "POST", headers, body: order }),
      ]);
      expect(session.headers.getSetCookie()).toEqual([]);
      const { user } = (await session.json()) as { user?: { name: string } };
      const { token: text } = (await token.json()) as { token?: string };
      return { name: user?.name, status: token.status, text };
    }),
  );
  const all = [...answers.flat(), ...atOnce];
  // A machine that is out of breath may say 503, come again; nobody is told that they are signed out.
  const fine = all.filter(({ name, status }) => name === "Noor" && [200, 503].includes(status));
  expect(fine).toHaveLength(100);
  const tokens = all.flatMap(({ text }) => text ?? []);
  expect(new Set(tokens).size).toBe(all.filter(({ status }) => status === 200).length);
  expect(await sessionCookie()).toBe(before);
  await enter(noor.page, id);
});

test("the app calls nobody but its party: no telemetry, no fonts, no pictures", async ({
  person,
  room,
  stack,
}) => {
  const noor = await person("Noor");
  await enter(noor.page, await room(noor));
  for (const page of ["/", "/sign-in", "/sign-up", "/rooms", "/settings"]) {
    await noor.page.goto(page);
  }
  expect(stack.log.filter((line) => line === "watching what goes out").length).toBeGreaterThan(0);
  expect(stack.log.filter((line) => line.startsWith("outbound "))).toEqual([]);
});
