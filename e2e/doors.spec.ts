import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import path from "node:path";
import { expect, test } from "./fixtures";

/** The doors of a production build, knocked at as no browser would. */

const JSON_TYPE = { "content-type": "application/json" };
const ORDER = JSON.stringify({ room: "general", use: "connect" });
/** A stack, a path of the machine or a statement; never in an answer. */
const INTERNAL = /\n {4}at |node_modules|\.next\/|SELECT |SQLITE|ERR_[A-Z]+|digest":"[A-Z]/;

test("the token route mints for a session, from our own pages, by POST, and for nobody else", async ({
  stack,
  demo,
}) => {
  const { context } = await demo("grace");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const ask = (headers: Record<string, string>, init: RequestInit = {}) =>
    fetch(`${stack.url}/api/party/token`, {
      method: "POST",
      body: ORDER,
      ...init,
      headers: { ...JSON_TYPE, ...headers },
    });

  const ids = new Set<string>();
  for (let i = 0; i < 2; i++) {
    const answer = await ask({ cookie, origin: stack.url });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("etag")).toBeNull();
    const { token, ...rest } = (await answer.json()) as Record<string, string>;
    expect(Object.keys(rest).sort()).toEqual(["expiresInMs", "leaseMs", "sessionExpiresInMs"]);
    const claims = JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());
    ids.add(claims.jti);
  }
  expect(ids.size).toBe(2);

  const refused: [number, Record<string, string>, RequestInit?][] = [
    [401, {}],
    [401, { cookie: "next-auth.session-token=x" }],
    [401, { authorization: "Bearer %%" }],
    [401, { authorization: `Bearer ${/session-token=([^;]+)/.exec(cookie)?.[1]}` }],
    [403, { cookie, origin: "null" }],
    [403, { cookie, origin: "https://evil.example" }],
    [403, { cookie, origin: `${stack.url}.evil.example` }],
    [403, { cookie, origin: "not an origin" }],
    [403, { cookie, "sec-fetch-site": "cross-site" }],
    [415, { cookie, "content-type": "text/plain" }],
    [413, { cookie }, { body: JSON.stringify({ room: "x".repeat(1_000_000) }) }],
    [400, { cookie }, { body: "{" }],
    [400, { cookie }, { body: JSON.stringify({ room: "__proto__", use: "connect" }) }],
    [404, { cookie }, { body: JSON.stringify({ room: "no-such-room", use: "connect" }) }],
    ...["GET", "PUT", "PATCH", "DELETE", "OPTIONS"].map(
      (method): [number, Record<string, string>, RequestInit] => [
        405,
        { cookie, origin: "https://evil.example" },
        { method, ...(method === "GET" && { body: null }) },
      ],
    ),
  ];
  for (const [status, headers, init] of refused) {
    const answer = await ask(headers, init);
    const what = JSON.stringify([status, Object.keys(headers), init?.method]);
    expect(answer.status, what).toBe(status);
    const body = await answer.text();
    expect(body, what).not.toMatch(/eyJ/);
    expect(body, what).not.toMatch(INTERNAL);
    if (status === 405) expect(answer.headers.get("allow"), what).toBe("POST");
    const cors = [...answer.headers.keys()].filter((name) => name.startsWith("access-control"));
    expect(cors, what).toEqual([]);
  }
  // A header that cannot be read is no reason to forget the cookie.
  expect((await ask({ cookie, origin: stack.url, authorization: "Bearer %%" })).status).toBe(200);
});

test("what belongs to the machine is not served, and images are optimised for nobody", async ({
  stack,
}) => {
  const files = [
    ...[".env", ".env.local", ".git/HEAD", ".git/config", "package.json", "next.config.mjs"],
    ...[
      ".guestlist/app.db",
      "app.db",
      ".next/BUILD_ID",
      "_next/BUILD_ID",
      "_next/server/app/page.js",
    ],
    ..."..%2f.env.local %2e%2e/.env.local _next/static/..%2f..%2f..%2f.env.local".split(" "),
    ..."server.js .next/required-server-files.json _next/static/../BUILD_ID".split(" "),
  ];
  for (const file of files) {
    const answer = await fetch(`${stack.url}/${file}`, { redirect: "manual" });
    expect([307, 308, 400, 404], file).toContain(answer.status);
    expect(await answer.text(), file).not.toMatch(/SECRET=|"dependencies"|ref: refs|SQLite format/);
  }
  const page = await (await fetch(`${stack.url}/sign-in`)).text();
  const scripts = [...page.matchAll(/\/_next\/static\/[^"'\\ ]+\.(?:js|css)/g)].map(([at]) => at);
  expect(scripts.length).toBeGreaterThan(2);
  for (const at of scripts) {
    expect((await fetch(`${stack.url}${at}.map`)).status, at).toBe(404);
    expect(await (await fetch(`${stack.url}${at}`)).text(), at).not.toMatch(/sourceMappingURL=/);
  }
  let asked = 0;
  const listener = createServer((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const own = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/x.png`;
  for (const url of [own, "http://169.254.169.254/", "/icon.svg", "//evil.example/x.avif"]) {
    const at = `${stack.url}/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`;
    expect((await fetch(at)).status, url).toBe(404);
  }
  expect(asked).toBe(0);
  listener.close();
});

test("no key and no name of a secret is in what browsers are given", async ({ stack }) => {
  const folder = path.join(process.cwd(), ".next/static");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|css|json)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(10);
  const secret = /NEXTAUTH_SECRET|PRIVATE_JWK|PARTY_API_KEY|DATABASE_AUTH_TOKEN|GITHUB_SECRET/;
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), "utf8");
    expect(secret.test(text), file).toBe(false);
    expect(text.includes(stack.apiKey), file).toBe(false);
  }
});

/** Bytes that no client library would write. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    socket.on("data", (bytes) => {
      heard += bytes.toString("latin1");
      if (heard.includes("\r\n\r\n")) socket.destroy();
    });
    // An upgrade to the app is not answered; what counts is who was asked meanwhile.
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("close", () => resolve(heard));
    socket.on("error", reject);
  });
}

test("the app asks nobody on a stranger's behalf, whatever the first line of a request names", async ({
  stack,
}) => {
  let asked = 0;
  const listener = createServer((_, response) => {
    asked++;
    response.end("inner");
  });
  listener.on("upgrade", (_, socket) => {
    asked++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const inner = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const port = Number(new URL(stack.url).port);
  for (const target of [
    `http://${inner}/`,
    `//${inner}/`,
    `/\\${inner}/`,
    `/_next/../http://${inner}`,
  ]) {
    for (const upgrade of ["", "Connection: Upgrade\r\nUpgrade: websocket\r\n"]) {
      for (const host of [`127.0.0.1:${port}`, inner]) {
        const head = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}`;
        const answer = await raw(port, `${head}X-Forwarded-Host: ${inner}\r\n\r\n`);
        expect(answer, head).not.toContain("inner");
      }
    }
  }
  const pushed: Record<string, string>[] = [
    { "x-middleware-rewrite": `http://${inner}/` },
    { "x-middleware-subrequest": "proxy", "x-middleware-rewrite": `http://${inner}/` },
    { location: `http://${inner}/`, "x-forwarded-host": inner },
  ];
  for (const headers of pushed) {
    await fetch(`${stack.url}/sign-in`, { headers });
  }
  expect(asked).toBe(0);
  listener.close();
});

test("forged calls of server functions and of paused pages are refused, and the app lives on", async ({
  stack,
}) => {
  const bodies = [
    '["$1:__proto__:then"]',
    '{"then":"$1:__proto__:then","status":"resolved_model","value":"{\\"then\\":\\"$B0\\"}"}',
    '"$@0"',
    '["$F1","$K1"]',
    "{",
    "x".repeat(100_000),
  ];
  for (const at of ["/", "/sign-in", "/rooms", "/api/party/token"]) {
    for (const action of ["x", "0".repeat(42), "__proto__", "7f".repeat(20)]) {
      for (const body of bodies) {
        const form = new FormData();
        form.set("0", body);
        form.set("1", '"$@0"');
        form.set("1_$ACTION_ID_x", "");
        for (const given of [form, body]) {
          const answer = await fetch(`${stack.url}${at}`, {
            method: "POST",
            body: given,
            headers: { "next-action": action, origin: stack.url },
            redirect: "manual",
          });
          const what = `${at} ${action} ${body.slice(0, 30)}`;
          expect(answer.status, what).toBeGreaterThanOrEqual(300);
          expect(answer.status, what).toBeLessThan(500);
          expect(await answer.text(), what).not.toMatch(INTERNAL);
        }
      }
    }
  }
  const resumed = await fetch(`${stack.url}/sign-in`, {
    method: "POST",
    headers: { "next-resume": "1" },
    body: "x".repeat(5_000_000),
    redirect: "manual",
  }).then(
    (answer) => answer.status,
    () => "hung up",
  );
  expect([400, 404, 405, 413, 500, 200, "hung up"]).toContain(resumed);
  expect((await fetch(`${stack.url}/api/health`)).status).toBe(200);
});

test("nonces are made for each answer, and a visitor's own header chooses none", async ({
  stack,
}) => {
  const nonces = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(`${stack.url}/sign-in`, {
      headers: {
        "x-nonce": "visitors-own",
        "content-security-policy": "script-src 'nonce-visitors-own' 'unsafe-inline'",
      },
    });
    const policy = answer.headers.get("content-security-policy") ?? "";
    const page = await answer.text();
    expect(policy + page).not.toContain("visitors-own");
    expect(/script-src [^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe-(inline|eval)/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
    expect(page).toContain(nonce);
    expect(answer.headers.get("cache-control")).toMatch(/no-store|private/);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});
