import { readFileSync } from "node:fs";
import { connect } from "node:net";
import naughty from "big-list-of-naughty-strings/blns.json" with { type: "json" };
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { isBlank } from "../lib/protocol/text";
import type { Client, Refused } from "./testing/client";
import { API_KEY, ORIGIN, startTestParty, type TestParty } from "./testing/kit";
import { NO_JSON, OTHER_JSON } from "./testing/wrong-json";

let party: TestParty;
let room = "";
let rooms = 0;
beforeAll(async () => {
  party = await startTestParty();
});
beforeEach(() => {
  room = `attack-${++rooms}`;
});
afterAll(() => party.stop());

const enter = (user: string, options = {}) => party.enter(user, { room, ...options });
const refused = (client: Client): Promise<Refused> =>
  client.opened.then(
    () => Promise.reject(new Error("it opened")),
    (error: Refused) => error,
  );

/** Writes bytes that no client library would write, and reads until the party hangs up or is silent. */
function raw(text: string, until = /\r\n\r\n[\s\S]*/): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(party.port, "127.0.0.1", () => socket.write(text));
    let heard = "";
    socket.on("data", (bytes) => {
      heard += bytes.toString("latin1");
      if (until.test(heard)) socket.destroy();
    });
    socket.on("close", () => resolve(heard));
    socket.on("error", reject);
  });
}
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** A socket of Ada's without the helper's manners. It offers compression, as browsers do. */
async function bare(): Promise<WebSocket> {
  const token = await party.mint("ada", { room });
  const socket = new WebSocket(`ws://127.0.0.1:${party.port}/parties/main/${room}?token=${token}`);
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("message", resolve));
  return socket;
}

describe("the door for requests", () => {
  it("gives every verb the same denial, on every party there is", async () => {
    const { parties = {} } = JSON.parse(
      readFileSync(new URL("../partykit.json", import.meta.url), "utf8"),
    ) as { parties?: Record<string, string> };
    const bodies = new Set<string>();
    for (const name of ["main", ...Object.keys(parties)]) {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        for (const headers of [
          {},
          { Origin: ORIGIN, "Access-Control-Request-Method": "POST" },
          { Origin: "https://evil.example", "Access-Control-Request-Method": "DELETE" },
        ]) {
          const answer = await fetch(`http://127.0.0.1:${party.port}/parties/${name}/general`, {
            method,
            headers,
          });
          const what = `${method} ${name} ${JSON.stringify(headers)}`;
          expect(answer.status, what).toBe(401);
          const cors = [...answer.headers.keys()].filter((key) => key.startsWith("access-control"));
          expect(cors, what).toEqual([]);
          expect(answer.headers.get("content-type"), what).toBe("application/json; charset=utf-8");
          expect(answer.headers.get("x-content-type-options"), what).toBe("nosniff");
          expect(answer.headers.get("cache-control"), what).toBe("no-store");
          bodies.add(await answer.text());
        }
      }
    }
    expect(bodies.size).toBe(1);
  });

  it("is not opened by a token in the query, of whatever use", async () => {
    for (const use of ["connect", "refresh", "server"]) {
      const token = await party.mint("app", { use });
      for (const name of ["token", "access_token"]) {
        const at = `/parties/main/general?${name}=${token}`;
        for (const authorization of ["", `Bearer ${API_KEY}`]) {
          expect((await party.http("GET", at, undefined, authorization)).status).toBe(401);
        }
      }
    }
  });

  it("takes one scheme, once", async () => {
    const forms = [
      ...[`Token ${API_KEY}`, `Bearer:${API_KEY}`, `Bearer\t${API_KEY}`, `Bearer  ${API_KEY}`],
      ...[`Bearer ${API_KEY} x`, `Bearer ${API_KEY}, Bearer ${API_KEY}`, `BearerBearer ${API_KEY}`],
    ];
    for (const form of forms) {
      expect((await party.http("GET", "/parties/main/general", undefined, form)).status, form).toBe(
        401,
      );
    }
    const twice = await raw(
      `GET /parties/main/general HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${API_KEY}\r\n` +
        `Authorization: Bearer ${API_KEY}\r\nConnection: close\r\n\r\n`,
    );
    expect(statusOf(twice)).toBe(401);
    for (const form of [`BEARER ${API_KEY}`, `bearer ${API_KEY}`]) {
      expect((await party.http("GET", "/parties/main/general", undefined, form)).status).toBe(200);
    }
  });

  it("is the same however an upgrade is spelt: nobody gets between the two doors", async () => {
    for (const upgrade of [
      "WebSocket",
      "WEBSOCKET",
      "websocket, h2c",
      "h2c",
      "websocket/13",
      "x",
    ]) {
      for (const path of [
        "/parties/main/general",
        "/party/general",
        "/parties/main/general/messages",
      ]) {
        const answer = await raw(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: ${upgrade}\r\nConnection: Upgrade\r\n` +
            `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        );
        expect([400, 401, 404, 426], `${upgrade} ${path}`).toContain(statusOf(answer));
        expect(answer).not.toMatch(/ 101 | {4}at |\/party\/|node_modules/);
      }
    }
  });
});

describe("the door for sockets", () => {
  it("knows one spelling of a room's name", async () => {
    const names = [
      ...[
        "general%00",
        "%67eneral",
        "gene%72al",
        "general%2f",
        "general%2e",
        "general%20",
        "..%2fx",
      ],
      ...[
        "general;x",
        "general,",
        "general%0a",
        "general%0d%0aX: y",
        "g%C3%A9neral",
        "ge%CC%81",
        "Ⓖeneral",
      ],
      ...["__proto__", "-general", "general_x", "gener\u0430l", "a".repeat(65), "%", "%zz"],
      ...["general//", "general/..", "./general", "general/../general", "general%5c", "*", "~"],
    ];
    for (const name of names) {
      const token = await party.mint("ada");
      const answer = await raw(
        `GET /parties/main/${encodeURI(name).replaceAll("%25", "%")}?token=${token} HTTP/1.1\r\n` +
          `Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      const status = statusOf(answer);
      // A dot segment is resolved by whoever reads an address; what is left is the one spelling.
      const same = new URL(`http://x/parties/main/${name}`).pathname === "/parties/main/general";
      if (!same) expect([400, 401, 404], name).toContain(status);
      if (!same) expect(answer, name).not.toMatch(/ 101 /);
    }
  });

  it("takes one token from one parameter of one name", async () => {
    const token = await party.mint("ada");
    for (const query of [
      ...[`token[]=${token}`, `token%5B%5D=${token}`, `Token=${token}`, `access_token=${token}`],
      ...[`token=${token}&token=`, `token=&token=${token}`, `token=${token}&token=${token}`],
      ...[`%74oken=${token}&token=${token}`, `x=token=${token}`, `token=${token},${token}`],
      ...[`token=%20${token}`, `token=${token}%00`, `token=${token}%0a`, `token=Bearer%20${token}`],
    ]) {
      const answer = await raw(
        `GET /parties/main/general?${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n` +
          `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
      expect(statusOf(answer), query.replaceAll(token, "…")).toBe(401);
    }
    // None of that has spent it.
    const fine = party.dial(token);
    await fine.next("welcome");
    await fine.leave();
  });

  it("tells nothing by its answer: body and headers are one for every kind of bad token", async () => {
    const good = await party.mint("ada");
    const [header, payload, signature] = good.split(".");
    const bad: Record<string, string> = {
      ...{
        empty: "",
        junk: "junk",
        dots: "..",
        long: "a".repeat(2_049),
        longer: "a".repeat(12_000),
      },
      "no signature": `${header}.${payload}.`,
      "four parts": `${good}.x`,
      "another payload": `${header}.${Buffer.from("{}").toString("base64url")}.${signature}`,
      "no alg": await party.mint("ada").then((t) => `e30.${t.split(".").slice(1).join(".")}`),
      "another kid": await party.mint("ada", { header: { kid: "x" } }),
      "another typ": await party.mint("ada", { header: { typ: "at+jwt" } }),
      "another aud": await party.mint("ada", { aud: "x" }),
      "another iss": await party.mint("ada", { iss: "https://evil.example" }),
      "another use": await party.mint("ada", { use: "server" }),
      "no room": await party.mint("ada", { room: undefined }),
      "a wrong role": await party.mint("ada", { role: "admin" }),
      "a long life": await party.mint("ada", { life: 86_400 }),
      "no jti": await party.mint("ada", { jti: undefined }),
    };
    const answers = new Map<string, string[]>();
    for (const [what, token] of Object.entries(bad)) {
      const { status, body, headers } = await refused(party.dial(token));
      expect(status, what).toBe(401);
      const { date: _, ...others } = headers;
      const answer = JSON.stringify([body, Object.entries(others).sort()]);
      answers.set(answer, [...(answers.get(answer) ?? []), what]);
    }
    expect([...answers.values()]).toHaveLength(1);
    const [only] = answers.keys();
    expect(only).not.toMatch(/expired|signature|kid|claim|jose|at /i);
  });

  it("is no way past the engine's own doors", async () => {
    for (const path of ["/__scheduled__", "/cdn-cgi/handler/scheduled", "/parties/nope/general"]) {
      expect((await fetch(`http://127.0.0.1:${party.port}${path}`)).status, path).toBe(404);
    }
    for (const name of ["__proto__", "constructor", "toString"]) {
      const answer = await fetch(`http://127.0.0.1:${party.port}/parties/${name}/general`);
      expect(answer.ok, name).toBe(false);
      expect(await answer.text(), name).not.toMatch(/\/(party|lib|node_modules)\/|eyJ|secret/i);
    }
  });
});

describe("frames", () => {
  it.each([
    ["no JSON", NO_JSON],
    ["JSON of another shape", OTHER_JSON],
  ])("of %s are each refused, and change nothing for anybody", async (_what, texts) => {
    const { client: grace } = await enter("grace");
    for (let from = 0; from < texts.length; from += 10) {
      const { client: ada } = await enter("ada");
      const some = texts.slice(from, from + 10);
      for (const text of some) ada.send(text);
      await ada.caughtUp();
      const codes = ada.of("error").map(({ code }) => code);
      expect(codes, JSON.stringify(some)).toEqual(some.map(() => "bad_request"));
      expect(ada.of("pong")).toHaveLength(1);
      await ada.leave();
    }
    await grace.caughtUp();
    expect(grace.of("chat.message")).toEqual([]);
    grace.send({ type: "chat.send", id: "after", text: "still here" });
    expect(await grace.next("ack")).toMatchObject({ id: "after", seq: 1 });
  });

  it("that are deep or wide are refused by their size, before they are read", async () => {
    for (const text of [
      "[".repeat(100_000),
      '{"a":'.repeat(20_000),
      JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]))),
      JSON.stringify({ type: "chat.send", id: "x", text: "é".repeat(8_200) }),
    ]) {
      const { client } = await enter("ada");
      client.send(text);
      expect(await client.next("error")).toMatchObject({ code: "too_large" });
      expect(await client.closed).toEqual({ code: 1009, reason: "message_too_big" });
    }
    // What is deep and fits is read, and is no frame.
    const { client } = await enter("ada");
    client.send("[".repeat(8_000) + "]".repeat(8_000));
    expect(await client.next("error")).toMatchObject({ code: "bad_request" });
  });

  it("of bytes end their own connection alone, be they none or a megabyte", async () => {
    const { client: grace } = await enter("grace");
    for (const bytes of [Buffer.alloc(0), Buffer.from([0xff]), Buffer.alloc(900_000, 1)]) {
      const { client } = await enter("ada");
      client.send(bytes);
      expect(await client.closed).toEqual({ code: 1003, reason: "unsupported_data" });
    }
    await grace.caughtUp();
  });

  // Miniflare's own worker in front compresses, whatever ours says: selfhost/ asks the runtime alone.
  const onPartyKit = process.env.PARTY_ENGINE !== "cloudflare";
  it.runIf(onPartyKit)("are not compressed, so none can grow in the party's memory", async () => {
    const socket = await bare();
    expect(socket.extensions).toBe("");
    socket.terminate();
  });

  it("with prototypes and identities in them carry neither on", async () => {
    const { client: ada } = await enter("ada");
    const { client: grace } = await enter("grace");
    const body = '"type":"chat.send","text":"hello"';
    ada.send(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${body},"id":"a",` +
        `"user":{"id":"grace","name":"Grace"},"seq":99,"ts":1,"role":"owner","from":"grace","extra":{"x":1}}`,
    );
    const heard = await grace.next("chat.message");
    expect(heard).toEqual({
      type: "chat.message",
      seq: 1,
      id: "a",
      user: { id: "ada", name: "Ada" },
      text: "hello",
      ts: heard.ts,
    });
    expect(heard.ts).toBeGreaterThan(1_600_000_000_000);
    for (const id of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      ada.send({ type: "chat.send", id, text: id });
      const ack = await ada.next("ack", (one) => one.id === id);
      ada.send({ type: "chat.send", id, text: "again" });
      expect((await ada.next("ack", (one) => one.id === id)).seq).toBe(ack.seq);
    }
    const { client: odd, welcome } = await enter("__proto__", { name: "constructor" });
    expect(welcome.presence.map(({ id }) => id).toSorted()).toEqual(["__proto__", "ada", "grace"]);
    odd.send({ type: "mod.kick", id: "k", user: "constructor" });
    expect(await odd.next("error")).toMatchObject({ code: "forbidden" });
    ada.send({ type: "ping", id: "polluted" });
    expect(await ada.next("pong")).toEqual({ type: "pong", id: "polluted" });
  });

  it("of one person are counted over all their sockets", async () => {
    const strict = await startTestParty({ LIMIT_MESSAGES_PER_MINUTE: "30" });
    try {
      const clients = await Promise.all(
        Array.from({ length: 5 }, () => strict.enter("ada").then(({ client }) => client)),
      );
      clients.forEach((client, at) => {
        for (let i = 0; i < 12; i++)
          client.send({ type: "chat.send", id: `${at}-${i}`, text: "x" });
      });
      await Promise.all(clients.map((client) => client.caughtUp()));
      const acks = clients.flatMap((client) => client.of("ack")).length;
      const limited = clients.flatMap((client) => client.of("error"));
      // The allowance grows by one in two seconds, and machines may be slow.
      expect(acks).toBeGreaterThanOrEqual(30);
      expect(acks).toBeLessThan(50);
      expect(limited).toHaveLength(60 - acks);
      expect(limited.every(({ code }) => code === "rate_limited")).toBe(true);
      // Somebody else does not pay for it.
      const { client: grace } = await strict.enter("grace");
      grace.send({ type: "chat.send", id: "g", text: "hello" });
      await grace.next("ack");
    } finally {
      await strict.stop();
    }
  });

  it("that are junk are not answered without end", async () => {
    const { client: ada } = await enter("ada");
    for (let i = 0; i < 5_000; i++) ada.send("{");
    expect(await ada.closed).toEqual({ code: 4400, reason: "bad_request" });
    expect(ada.of("error").length).toBeLessThan(100);
  });

  it("about oneself reach the others a few times a second, however many are sent", async () => {
    const { client: ada } = await enter("ada");
    const { client: grace } = await enter("grace");
    await ada.caughtUp();
    const before = grace.heard.length;
    for (let i = 0; i < 200; i++) {
      ada.send({ type: "presence.set", status: i % 2 ? "away" : "active" });
      ada.send({ type: "typing.set", on: i % 2 === 0 });
    }
    await Promise.race([ada.caughtUp().catch(() => undefined), ada.closed]);
    await grace.caughtUp();
    expect(grace.heard.length - before).toBeLessThan(120);
  });
});

describe("text", () => {
  it("of a long list of naughty lines comes out of history as it went in, for everybody", async () => {
    const loose = await startTestParty({
      LIMIT_MESSAGES_PER_SECOND: "10000",
      LIMIT_MESSAGES_PER_MINUTE: "100000",
    });
    try {
      const { client: ada } = await loose.enter("ada");
      const { client: grace } = await loose.enter("grace");
      const lines = [
        ...naughty,
        ...["\u2028x\u2029", "a\u0000b", "\u202Eabc", "👩‍👩‍👧‍👦", "e\u0301", "\ufdd0x", "z̷̢͝a̶l̵g̴o̵"],
      ];
      const sent = lines.filter((text) => !isBlank(text)).map((text) => text.trim());
      const blank = lines.filter(isBlank);
      expect(sent.length).toBeGreaterThan(450);
      lines.forEach((text, i) => ada.send({ type: "chat.send", id: `n${i}`, text }));
      await ada.caughtUp();
      expect(ada.of("error").map(({ code }) => code)).toEqual(blank.map(() => "empty_message"));
      await grace.next("chat.message", ({ seq }) => seq === sent.length);
      expect(grace.of("chat.message").map(({ text }) => text)).toEqual(sent);
      const stored: string[] = [];
      for (let after = 0; after < sent.length; after = stored.length) {
        grace.send({ type: "history.get", id: `h${after}`, after, limit: 100 });
        const page = await grace.next("history");
        stored.push(...page.messages.map(({ text }) => text));
      }
      expect(stored).toEqual(sent);
    } finally {
      await loose.stop();
    }
  });

  it("with half a character is refused, not mended", async () => {
    const { client } = await enter("ada");
    for (const half of ["\\ud800", "\\udc00x", "a\\ud83d", "\\udc00\\ud800"]) {
      client.send(`{"type":"chat.send","id":"half","text":"${half}"}`);
      expect(await client.next("error")).toMatchObject({ id: "half", code: "bad_request" });
    }
  });

  it("of strangers starts no line of the log, and no token is in it", async () => {
    const evil = 'x\n{"event":"forged"}\u001b[31m%n\u2028"';
    const before = party.lines.length;
    const token = await party.mint("ada", { name: evil.replace(/\p{Cc}/gu, "") });
    for (const query of [`&x=${encodeURIComponent(evil)}`, `&epoch=${encodeURIComponent(evil)}`]) {
      await refused(party.dial("junk", "general", query));
    }
    const client = party.dial(token);
    await client.next("welcome");
    client.send({ type: "mod.kick", id: evil, user: "x", reason: evil });
    client.send({ type: "chat.send", id: evil, text: evil });
    await client.caughtUp();
    await client.leave();
    await party.http("POST", "/parties/main/general/revoke", { user: "x", reason: evil });
    const lines = party.lines.slice(before);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => /eyJ|token=|\u001b\[31m%n/.test(line))).toEqual([]);
    expect(lines.filter((line) => /^\s*\{"event":"forged"/.test(line))).toEqual([]);
  });
});
