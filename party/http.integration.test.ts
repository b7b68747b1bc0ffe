import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { API_KEY, startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty();
});
afterAll(() => party.stop());

const at = (room: string, part = "") => `/parties/main/${room}${part}`;

describe("the party over HTTP", () => {
  it("is healthy and says nothing else", async () => {
    const { status, text, headers } = await party.http("GET", "/health", undefined, "");
    expect([status, text]).toEqual([200, '{"ok":true}']);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    for (const path of ["/", "/__scheduled__", "/parties", "/favicon.ico"]) {
      expect((await party.http("GET", path, undefined, "")).status, path).toBe(404);
    }
  });

  it("gives everybody without a right the same denial", async () => {
    const connect = await party.mint("ada");
    const late = await party.mint("app", { use: "server", issuedIn: -200 });
    const bodies = new Set<string>();
    const wrong = [
      "",
      "Bearer ",
      "Basic eDp5",
      `Bearer ${API_KEY}x`,
      `Bearer  ${API_KEY}`,
      API_KEY,
    ];
    for (const authorization of [...wrong, `Bearer ${connect}`, `Bearer ${late}`]) {
      for (const [method, part] of [
        ["GET", ""],
        ["POST", "/revoke"],
        ["PUT", "/messages"],
      ] as const) {
        const { status, text } = await party.http(
          method,
          at("general", part),
          undefined,
          authorization,
        );
        expect(status, `${method} ${authorization}`).toBe(401);
        bodies.add(text);
      }
    }
    const inQuery = await party.http("GET", `${at("general")}?token=${connect}`);
    expect(inQuery.status).toBe(401);
    expect(bodies.size).toBe(1);
  });

  it("refuses a request with a body without losing the next one on the same line", async () => {
    for (let round = 0; round < 300; round++) {
      const refused = [
        await party.http("PUT", at("general", "/audit"), {}),
        await party.http("POST", at("general", "/revoke"), { sid: "x" }, ""),
        await party.http("GET", at("general"), undefined, ""),
      ];
      expect(refused.map(({ status }) => status)).toEqual([405, 401, 401]);
    }
  });

  it("takes a server token once, and for its room only", async () => {
    const mint = (room: string) => party.mint("app", { use: "server", room });
    const token = await mint("general");
    expect((await party.http("GET", at("general"), undefined, `bearer ${token}`)).status).toBe(200);
    expect((await party.http("GET", at("general"), undefined, `Bearer ${token}`)).status).toBe(401);
    const other = await mint("engineering");
    expect((await party.http("GET", at("general"), undefined, `Bearer ${other}`)).status).toBe(403);
  });

  it("refuses other verbs, other parts and bodies that do not fit", async () => {
    expect(await party.http("PUT", at("general", "/revoke"))).toMatchObject({ status: 405 });
    expect((await party.http("PATCH", at("general", "/messages"))).headers.get("allow")).toBe(
      "GET, POST, DELETE",
    );
    for (const part of ["/nope", "/messages/1", "/"]) {
      expect((await party.http("GET", at("general", part))).status, part).toBe(404);
    }
    const bad = ["{", "[]", { sid: "a", user: "b" }, {}, { user: "a", reason: "Not A Code" }];
    for (const body of bad) {
      expect((await party.http("POST", at("general", "/revoke"), body)).status).toBe(400);
    }
    const huge = await party.http("POST", at("general", "/messages"), "x".repeat(20_000));
    expect(huge.status).toBe(413);
  });

  it("lets a server speak, once per id, and read", async () => {
    const { client } = await party.enter("ada", { room: "bots" });
    const say = () =>
      party.http("POST", at("bots", "/messages"), {
        id: "n1",
        text: "Tea is ready",
        as: { id: "bot", name: "Tea bot" },
      });
    const first = await say();
    expect(first).toMatchObject({ status: 200, body: { id: "n1", seq: 1 } });
    expect((await say()).body).toEqual(first.body);
    expect(await client.next("chat.message")).toMatchObject({
      user: { id: "bot", name: "Tea bot" },
      seq: 1,
    });
    client.send({ type: "read.set", seq: 1 });
    await client.caughtUp();
    expect((await party.http("GET", `${at("bots")}?user=ada`)).body).toMatchObject({
      room: "bots",
      people: 1,
      connections: 1,
      seq: 1,
      readSeq: 1,
    });
    const page = await party.http("GET", `${at("bots", "/messages")}?limit=10`);
    expect(page.body).toMatchObject({
      messages: [{ seq: 1, text: "Tea is ready" }],
      hasMore: false,
    });
    expect((await party.http("GET", `${at("bots", "/messages")}?limit=101`)).status).toBe(400);
    expect((await party.http("GET", at("bots", "/metrics"))).body).toMatchObject({
      connections: 1,
      messages: 1,
    });
  });

  it("tells Prometheus the counters of a room in its own format", async () => {
    const token = await party.mint("ada", { room: "counted" });
    const client = party.dial(token, "counted");
    await client.next("welcome");
    client.send({ type: "chat.send", id: "c1", text: "one" });
    await client.next("ack");
    for (let tries = 0; tries < 2; tries++) await party.dial(token, "counted").closed;
    const other = await party.mint("grace", { room: "counted", use: "refresh" });
    client.send({ type: "auth.refresh", id: "r1", token: other });
    await client.next("error", ({ id }) => id === "r1");
    const answer = await fetch(`http://127.0.0.1:${party.port}${at("counted", "/metrics")}`, {
      headers: {
        Authorization: `Bearer ${API_KEY}`,
        Accept: "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3",
      },
    });
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = (await answer.text()).split("\n");
    expect(lines).toContain('guestlist_room_connections{room="counted"} 1');
    expect(lines).toContain('guestlist_room_messages_total{room="counted"} 1');
    const denials = lines.filter((line) => line.startsWith("guestlist_room_denials_total{"));
    expect(denials.sort()).toEqual([
      'guestlist_room_denials_total{room="counted",reason="refresh_forbidden"} 1',
      'guestlist_room_denials_total{room="counted",reason="token_spent"} 2',
    ]);
    expect(lines).toContain("# TYPE guestlist_room_fan_out_seconds summary");
  });

  it("logs a revocation with the app's id of the request, and no id that could be a line", async () => {
    const revoke = (id: string) =>
      fetch(`http://127.0.0.1:${party.port}${at("followed", "/revoke")}`, {
        method: "POST",
        headers: { Authorization: `Bearer ${API_KEY}`, "x-request-id": id },
        body: JSON.stringify({ sid: `sid-${id.length}`, reason: "signed_out" }),
      });
    expect((await revoke("req-0123456789")).status).toBe(200);
    expect((await revoke('"},{"event":"forged')).status).toBe(200);
    const told = () =>
      party.lines
        .filter((line) => line.includes('"event":"revoked"') && line.includes("followed"))
        .map((line) => JSON.parse(line.slice(line.indexOf("{"))) as Record<string, unknown>);
    await vi.waitFor(() => expect(told()).toHaveLength(2));
    expect(told()[0]).toMatchObject({
      request: "req-0123456789",
      room: "followed",
      session: "sid-14",
      closed: 0,
    });
    expect(told()[1]).not.toHaveProperty("request");
  });

  it("ends the sockets of a login session at once, and lets none of its tokens in again", async () => {
    const room = "revoked";
    const { client: here } = await party.enter("ada", { room, sid: "stolen" });
    const { client: other } = await party.enter("ada", { room, sid: "own" });
    const token = await party.mint("ada", { room, sid: "stolen" });
    const from = performance.now();
    const answer = await party.http("POST", at(room, "/revoke"), {
      sid: "stolen",
      reason: "signed_out",
    });
    expect(answer).toMatchObject({ status: 200, body: { closed: 1 } });
    expect(await here.next("auth.revoked")).toMatchObject({ reason: "signed_out" });
    expect(await here.closed).toEqual({ code: 4410, reason: "session_revoked" });
    expect(performance.now() - from).toBeLessThan(1_000);
    const again = party.dial(token, room);
    expect(await again.next("auth.revoked")).toMatchObject({ reason: "signed_out" });
    expect(await again.closed).toEqual({ code: 4410, reason: "session_revoked" });
    await other.caughtUp();
  });

  it("takes a person out of the room, and lets them back in when the app does", async () => {
    const room = "members";
    const { client: ada } = await party.enter("ada", { room });
    const { client: grace } = await party.enter("grace", { room });
    await party.http("POST", at(room, "/revoke"), { user: "grace", reason: "removed" });
    expect(await grace.next("auth.revoked")).toMatchObject({ reason: "removed" });
    expect(await grace.closed).toEqual({ code: 4403, reason: "forbidden" });
    await ada.next("presence.diff", ({ left }) => left.includes("grace"));
    const back = party.dial(await party.mint("grace", { room }), room);
    expect(await back.next("error")).toMatchObject({ code: "forbidden" });
    expect(await back.closed).toEqual({ code: 4403, reason: "forbidden" });
    await party.http("POST", at(room, "/members"), { user: "grace", role: "member" });
    await party.enter("grace", { room });
  });

  it("changes a role live, also against a token minted before", async () => {
    const room = "roles";
    const { client } = await party.enter("ada", { room });
    await party.http("POST", at(room, "/members"), { user: "ada", role: "reader" });
    expect(await client.next("auth.updated")).toEqual({ type: "auth.updated", role: "reader" });
    client.send({ type: "chat.send", id: "x", text: "x" });
    expect(await client.next("error")).toMatchObject({ code: "forbidden" });
    const old = await party.mint("ada", { room, issuedIn: -5 });
    expect((await party.dial(old, room).next("welcome")).role).toBe("reader");
  });

  it("dates a role by the clock of the app, which dates its tokens too", async () => {
    const room = "skewed";
    const { client } = await party.enter("ada", { room, role: "owner" });
    const before = await party.mint("ada", { room, role: "owner", use: "refresh", issuedIn: 5 });
    const app = await party.mint("app", { room, use: "server", issuedIn: 6 });
    const pushed = { user: "ada", role: "reader" };
    await party.http("POST", `/parties/main/${room}/members`, pushed, `Bearer ${app}`);
    client.send({ type: "auth.refresh", id: "late", token: before });
    expect(await client.next("auth.refreshed")).toMatchObject({ role: "reader" });
  });

  it("starts history anew with another epoch", async () => {
    const room = "cleared";
    const { client, welcome } = await party.enter("ada", { room });
    client.send({ type: "chat.send", id: "x", text: "x" });
    await client.next("ack");
    expect((await party.http("DELETE", at(room, "/messages"))).status).toBe(200);
    const { epoch, messages, recovered } = await client.next("history");
    expect([epoch === welcome.epoch, messages, recovered]).toEqual([false, [], false]);
    const resume = `&epoch=${welcome.epoch}&after=1`;
    expect((await party.enter("grace", { room }, resume)).welcome).toMatchObject({
      epoch,
      seq: 0,
      recovered: false,
    });
    client.send({ type: "chat.send", id: "x", text: "anew" });
    expect(await client.next("ack")).toMatchObject({ seq: 1 });
  });
});
