import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import type { Client } from "./testing/client";
import { serveKeys } from "./testing/jwks-server";
import { API_KEY, startTestParty, type TestParty } from "./testing/kit";

/** What the four systems this one grew from can do, by their own scenarios. */

let party: TestParty;
/** Somebody else's sign-in, of which the party knows the public keys alone. */
let elsewhere: Awaited<ReturnType<typeof serveKeys>>;
let theirKey: CryptoKey;
const THEM = "https://people.example.org";

beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  theirKey = pair.privateKey;
  elsewhere = await serveKeys([
    { ...(await exportJWK(pair.publicKey)), kid: "theirs", alg: "RS256" },
  ]);
  const theirs = {
    ...{ name: "org", issuer: THEM, jwks: elsewhere.url, audience: "party" },
    ...{ algorithms: ["RS256"], claims: { sid: "sid", role: "role" }, rooms: ["pk-*"] },
  };
  party = await startTestParty({
    PARTY_GRACE_SECONDS: "1",
    PARTY_TRUSTED_ISSUERS: JSON.stringify([theirs]),
  });
});
afterAll(() => Promise.all([party.stop(), elsewhere.stop()]));

const say = async (client: Client, id: string, text = id) => {
  client.send({ type: "chat.send", id, text });
  return client.next("ack", (ack) => ack.id === id);
};

describe("PartyKit's authentication guide", () => {
  it("a token by query is checked before the room is built, anew on every dial", async () => {
    const room = "pk-dial";
    const token = await party.mint("ada", { room });
    const first = party.dial(token, room);
    await first.next("welcome");
    await first.leave();
    expect((await party.dial(token, room).closed).code).toBe(4409);
    await expect(party.dial("no-token-at-all", room).opened).rejects.toMatchObject({ status: 401 });
    const { client } = await party.enter("ada", { room });
    await say(client, "again");
  });

  it("the identity reaches the room from the token; headers of the client's own do not", async () => {
    const room = "pk-identity";
    const token = await party.mint("ada", { room });
    const mine = { "X-User-Id": "mallory", "x-guestlist": "%7B%7D", "X-User-Role": "owner" };
    const client = party.dial(token, room, "&_pk=chosen&role=owner", mine);
    const welcome = await client.next("welcome");
    expect([welcome.user.id, welcome.role]).toEqual(["ada", "member"]);
    expect(welcome.connection).not.toBe("chosen");
  });

  it("HTTP to a room needs Authorization; a token of a person is none, one for another room neither", async () => {
    const room = "pk-http";
    const path = `/parties/main/${room}`;
    const server = (claims: object) => party.mint("app", { use: "server", ...claims });
    expect((await party.http("GET", path, undefined, "")).status).toBe(401);
    const person = await party.mint("ada", { room });
    expect((await party.http("GET", path, undefined, `Bearer ${person}`)).status).toBe(401);
    const other = await server({ room: "elsewhere" });
    expect((await party.http("GET", path, undefined, `Bearer ${other}`)).status).toBe(403);
    const good = await server({ room });
    expect((await party.http("GET", path, undefined, `Bearer ${good}`)).status).toBe(200);
    expect((await party.http("GET", path, undefined, `Bearer ${good}`)).status).toBe(401);
  });

  it("another server speaks with the shared secret, and people hear it", async () => {
    const room = "pk-server";
    const { client } = await party.enter("ada", { room });
    const bot = { id: "bot", name: "Deploy bot" };
    const sent = { id: "d1", text: "Deployed", as: bot };
    const { status } = await party.http(
      ...(["POST", `/parties/main/${room}/messages`, sent, `Bearer ${API_KEY}`] as const),
    );
    expect(status).toBe(200);
    expect(await client.next("chat.message")).toMatchObject({ text: "Deployed", user: bot });
  });
});

describe("PartyKit's authentication guide, with somebody else's sign-in", () => {
  const mint = (key: CryptoKey) =>
    new SignJWT({ sid: "s1", name: "Olga", role: "member", jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "theirs" })
      .setIssuer(THEM)
      .setAudience("party")
      .setSubject("user_1")
      .setIssuedAt()
      .setNotBefore("0s")
      .setExpirationTime("60s")
      .sign(key);

  it("any issuer's JWTs open the rooms that are theirs, verified by their published keys alone", async () => {
    const client = party.dial(await mint(theirKey), "pk-outside");
    expect((await client.next("welcome")).user).toMatchObject({ id: "org:user_1", name: "Olga" });
    await say(client, "hello from elsewhere");
    expect((await party.dial(await mint(theirKey), "ve-not-theirs").closed).code).toBe(4403);
    const { privateKey } = await generateKeyPair("RS256");
    const forged = party.dial(await mint(privateKey), "pk-outside");
    await expect(forged.opened).rejects.toMatchObject({ status: 401 });
  });
});

describe("Verani's secure room", () => {
  it("each event has a handler and a shape of its own: what has neither reaches nobody and is answered", async () => {
    const room = "ve-typed";
    const { client: bo } = await party.enter("bo", { room });
    const { client: cy } = await party.enter("cy", { room });
    const wrong = [
      { type: "room.explode", id: "w1" },
      { type: "chat.send", id: "w2", text: 7 },
      { type: "chat.edit", id: "w3", text: "no number" },
      { type: "mod.kick", id: "w4", user: { id: "cy" } },
      { type: "history.get", id: "w5", limit: "all" },
    ];
    for (const { id, ...frame } of wrong) {
      bo.send({ id, ...frame });
      expect(await bo.next("error")).toMatchObject({ id, code: "bad_request" });
    }
    await say(bo, "right");
    await cy.next("chat.message");
    expect(cy.of("chat.message").map(({ text }) => text)).toEqual(["right"]);
  });

  it("roles come from the token: what a user may not do is 'insufficient permissions', as an error frame", async () => {
    const room = "ve-roles";
    const { client: user } = await party.enter("bo", { room });
    await party.enter("cy", { room });
    user.send({ type: "mod.kick", id: "k", user: "cy", role: "owner" });
    const error = await user.next("error");
    expect(error).toMatchObject({ id: "k", code: "forbidden", retryable: false });
    // Of what is inside it says nothing.
    expect(Object.keys(error).sort()).toEqual(["code", "id", "message", "retryable", "type"]);
  });

  it("mod.kick closes every socket of a person, with the reason, and tells the room", async () => {
    const room = "ve-kick";
    const { client: mod } = await party.enter("mo", { room, role: "moderator" });
    const tabs = [];
    for (let i = 0; i < 3; i++) tabs.push((await party.enter("bo", { room })).client);
    const { client: cy } = await party.enter("cy", { room });
    mod.send({ type: "mod.kick", id: "k", user: "bo", seconds: 60, reason: "Calm down" });
    await mod.next("ack");
    for (const tab of tabs) {
      expect(await tab.closed).toEqual({ code: 4423, reason: "kicked" });
      expect(tab.of("error")).toMatchObject([{ code: "forbidden", reason: "Calm down" }]);
    }
    const notice = { action: "kick", user: { id: "bo", name: "Bo" }, by: { id: "mo", name: "Mo" } };
    expect(await cy.next("mod.notice")).toMatchObject(notice);
    expect(await cy.next("presence.diff", ({ left }) => left.length > 0)).toMatchObject({
      left: ["bo"],
    });
    const { body } = await party.http("GET", `/parties/main/${room}/audit`);
    expect(body.entries).toMatchObject([{ ...notice, reason: "Calm down" }]);
  });

  it("sessions of one person are addressable: one login session ends, the other goes on", async () => {
    const room = "ve-sessions";
    const { client: phone } = await party.enter("bo", { room, sid: "phone" });
    const { client: laptop } = await party.enter("bo", { room, sid: "laptop" });
    const revoke = { sid: "phone", reason: "ended_elsewhere" };
    await party.http("POST", `/parties/main/${room}/revoke`, revoke);
    // 4410 is what sends a page to the sign-in.
    expect(await phone.closed).toEqual({ code: 4410, reason: "session_revoked" });
    await say(laptop, "still here");
  });

  it("a request over the socket gets its own answer, by id, in whatever order", async () => {
    const room = "ve-rpc";
    const { client } = await party.enter("bo", { room });
    client.send({ type: "history.get", id: "h", limit: 5 });
    client.send({ type: "chat.edit", id: "e", seq: 9, text: "x" });
    client.send({ type: "ping", id: "p" });
    expect((await client.next("pong")).id).toBe("p");
    expect((await client.next("error")).id).toBe("e");
    expect((await client.next("history")).id).toBe("h");
  });
});

describe("Linode's guide", () => {
  it("a client whose token ends is told and removed on time, not at its next message", async () => {
    const { client } = await party.enter("ada", { room: "li-expiry", lease: 1 });
    await client.next("auth.expiring");
    await client.next("auth.expired");
    expect(await client.closed).toEqual({ code: 4408, reason: "auth_timeout" });
    const { body } = await party.http("GET", "/parties/main/li-expiry");
    expect(body.connections).toBe(0);
  });

  it("from token to socket to everybody; an empty message goes nowhere", async () => {
    const room = "li-broadcast";
    const { client: ada } = await party.enter("ada", { room });
    const { client: bo } = await party.enter("bo", { room });
    for (const text of ["", "   ", "\n\t", "\u200b"]) {
      ada.send({ type: "chat.send", id: "empty", text });
      expect(await ada.next("error")).toMatchObject({ id: "empty", code: "empty_message" });
    }
    await say(ada, "hello");
    expect(await bo.next("chat.message")).toMatchObject({ seq: 1, text: "hello" });
  });

  it("a token signed with another key opens nothing, whatever it says", async () => {
    const forged = await party.mint("ada", { room: "li-forged", key: makeTokenKeys().privateJwk });
    await expect(party.dial(forged, "li-forged").opened).rejects.toMatchObject({ status: 401 });
  });
});

describe("SocketCluster", () => {
  it("the connection says at once whether it is authenticated, and why not", async () => {
    const room = "sc-state";
    const { client, welcome } = await party.enter("ada", { room, role: "reader" });
    expect([client.heard[0]?.type, welcome.user.id, welcome.role]).toEqual([
      "welcome",
      "ada",
      "reader",
    ]);
    const late = party.dial(await party.mint("ada", { room, issuedIn: -200 }), room);
    expect((await late.closed).reason).toBe("token_expired");
    expect(late.of("error")).toMatchObject([{ code: "token_expired", retryable: true }]);
  });

  it("rights for a channel are inside the token and are asked at each publish", async () => {
    const { client: reader } = await party.enter("ada", { room: "sc-read", role: "reader" });
    const { client: writer } = await party.enter("ada", { room: "sc-write", role: "member" });
    await say(writer, "allowed here");
    for (const id of ["one", "two"]) {
      reader.send({ type: "chat.send", id, text: "not here" });
      expect(await reader.next("error")).toMatchObject({ id, code: "forbidden" });
    }
    const misplaced = party.dial(await party.mint("ada", { room: "sc-write" }), "sc-read");
    expect((await misplaced.closed).code).toBe(4403);
  });

  it("a change of rights is an event on every socket, and holds from then on", async () => {
    const room = "sc-change";
    const { client: one } = await party.enter("ada", { room });
    const { client: two } = await party.enter("ada", { room });
    const path = `/parties/main/${room}/members`;
    await party.http("POST", path, { user: "ada", role: "reader" });
    for (const tab of [one, two]) {
      expect(await tab.next("auth.updated")).toMatchObject({ role: "reader" });
    }
    one.send({ type: "chat.send", id: "x", text: "x" });
    expect(await one.next("error")).toMatchObject({ code: "forbidden" });
  });

  it("a sign-in outlives a lost connection: a new token, the same person, nothing missed", async () => {
    const room = "sc-lost";
    const { client, welcome } = await party.enter("ada", { room });
    const { client: bo } = await party.enter("bo", { room });
    client.terminate();
    await say(bo, "meanwhile");
    const query = `&epoch=${welcome.epoch}&after=${welcome.seq}`;
    const { welcome: back } = await party.enter("ada", { room }, query);
    expect([back.user.id, back.recovered, back.messages.map(({ text }) => text)]).toEqual([
      "ada",
      true,
      ["meanwhile"],
    ]);
    await bo.caughtUp();
    expect(bo.of("presence.diff").filter(({ left }) => left.length > 0)).toEqual([]);
  });
});
