import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Refused } from "./testing/client";
import { serveKeys } from "./testing/jwks-server";
import { startTestParty, type TestParty } from "./testing/kit";

const ISSUER = "https://people.example.org";
const SILENT = "https://silent.example.org";
let party: TestParty;
let keys: Awaited<ReturnType<typeof serveKeys>>;
let silent: Awaited<ReturnType<typeof serveKeys>>;
let privateKey: CryptoKey;
let room = "";
let rooms = 0;

beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  privateKey = pair.privateKey;
  const published = { ...(await exportJWK(pair.publicKey)), kid: "rsa-1", alg: "RS256" };
  [keys, silent] = await Promise.all([serveKeys([published]), serveKeys([published])]);
  silent.state.status = 503;
  const issuer = {
    issuer: ISSUER,
    audience: "party",
    algorithms: ["RS256"],
    claims: { sid: "sid", role: "party_role" },
    rooms: ["ext-*"],
  };
  party = await startTestParty({
    PARTY_TRUSTED_ISSUERS: JSON.stringify([
      { ...issuer, name: "org", jwks: keys.url },
      { ...issuer, name: "silent", issuer: SILENT, jwks: silent.url },
    ]),
  });
});
beforeEach(() => {
  room = `ext-${++rooms}`;
});
afterAll(() => Promise.all([party.stop(), keys.stop(), silent.stop()]));

function mint(changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}) {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iss: ISSUER,
    aud: "party",
    sub: "user_1",
    sid: "sess_1",
    name: "Olga",
    party_role: "member",
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 60,
    ...changes,
  })
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "rsa-1", ...header })
    .sign(privateKey);
}
const refused = (client: { opened: Promise<void> }): Promise<Refused> =>
  client.opened.then(
    () => Promise.reject(new Error("it opened")),
    (error: Refused) => error,
  );

describe("a second, trusted issuer", () => {
  it("opens its rooms to its people, under ids that cannot be ours", async () => {
    const olga = party.dial(await mint(), room);
    expect(await olga.next("welcome")).toMatchObject({
      user: { id: "org:user_1", name: "Olga" },
      role: "member",
    });
    const { client: ada } = await party.enter("ada", { room });
    ada.send({ type: "chat.send", id: "x", text: "Hello, Olga" });
    expect(await olga.next("chat.message")).toMatchObject({ user: { id: "ada" } });
  });

  it("opens no other room, and the browser can read so", async () => {
    const client = party.dial(await mint(), "general");
    expect(await client.next("error")).toMatchObject({ code: "forbidden" });
    expect(await client.closed).toEqual({ code: 4403, reason: "forbidden" });
  });

  it("renews in place, for the same person and session only", async () => {
    const client = party.dial(await mint(), room);
    const { leaseMs } = await client.next("welcome");
    // Not the 300 s of the settings: no lease outlives the token.
    expect(leaseMs).toBeLessThanOrEqual(60_000);
    client.send({ type: "auth.refresh", id: "r1", token: await mint({ party_role: "reader" }) });
    expect(await client.next("auth.refreshed")).toMatchObject({ id: "r1", role: "reader" });
    for (const change of [{ sub: "user_2" }, { sid: "sess_2" }]) {
      client.send({ type: "auth.refresh", id: "r2", token: await mint(change) });
      expect(await client.next("error")).toMatchObject({ id: "r2", code: "forbidden" });
    }
  });

  it("spends a token that has a jti; one without works until its end", async () => {
    const once = await mint();
    await party.dial(once, room).next("welcome");
    expect(await party.dial(once, room).closed).toEqual({ code: 4409, reason: "token_spent" });
    const open = await mint({ jti: undefined });
    await party.dial(open, room).next("welcome");
    await party.dial(open, room).next("welcome");
    const now = Math.floor(Date.now() / 1000);
    const over = await mint({ jti: undefined, iat: now - 60, nbf: now - 60, exp: now - 1 });
    const late = party.dial(over, room);
    expect(await late.next("error")).toMatchObject({ code: "token_expired" });
    expect(await late.closed).toEqual({ code: 4401, reason: "token_expired" });
  });

  it("tells a browser that its token is of a clock that runs ahead", async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const times of [{ iat: now + 60, exp: now + 120 }, { nbf: now + 30 }]) {
      const early = party.dial(await mint(times), room);
      expect(await early.next("error")).toMatchObject({ code: "unauthorized" });
      expect(await early.closed).toEqual({ code: 4401, reason: "unauthorized" });
    }
  });

  it("answers what is forged or not as configured with the one 401", async () => {
    const now = Math.floor(Date.now() / 1000);
    const other = (await generateKeyPair("RS256")).privateKey;
    const forged = new SignJWT({
      iss: ISSUER,
      aud: "party",
      sub: "user_1",
      iat: now,
      exp: now + 60,
    })
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: "rsa-1" })
      .sign(other);
    const bad = {
      forged: await forged,
      "other audience": await mint({ aud: "shop" }),
      "no audience": await mint({ aud: undefined }),
      "our issuer": await mint({ iss: "http://localhost:3000" }),
      "unknown issuer": await mint({ iss: "https://evil.example" }),
      "too long life": await mint({ exp: now + 7_200 }),
      "no session": await mint({ sid: undefined }),
      "no person": await mint({ sub: "" }),
      "a role nobody has": await mint({ party_role: "king" }),
      "other type": await mint({}, { typ: "at+jwt" }),
      "own key inside": await mint({}, { jwk: { kty: "RSA" } }),
      "unknown key": await mint({}, { kid: "rsa-2" }),
      "our own token, their issuer": await party.mint("ada", { room, iss: ISSUER }),
    };
    const answers = new Set<string>();
    for (const [what, token] of Object.entries(bad)) {
      const { status, body } = await refused(party.dial(token, room));
      expect(status, what).toBe(401);
      answers.add(body);
    }
    expect(answers.size).toBe(1);
  });

  it("never speaks to the HTTP interface", async () => {
    const authorization = `Bearer ${await mint()}`;
    const answer = await party.http("GET", `/parties/main/${room}`, undefined, authorization);
    expect(answer.status).toBe(401);
  });

  it("whose keys cannot be had is refused with a code that says: try again", async () => {
    const client = party.dial(await mint({ iss: SILENT }), room);
    expect(await client.next("error")).toMatchObject({ code: "unavailable", retryable: true });
    expect(await client.closed).toEqual({ code: 1013, reason: "try_again_later" });
    // The app's own people notice nothing of it.
    await party.enter("ada", { room });
    silent.state.status = 200;
    await expect
      .poll(
        async () => {
          const again = party.dial(await mint({ iss: SILENT }), room);
          return again.next("welcome").then(
            ({ user }) => user.id,
            () => "refused",
          );
        },
        { timeout: 8_000, interval: 250 },
      )
      .toBe("silent:user_1");
  });

  it("is asked for its keys once, not once per person", async () => {
    keys.state.asked = 0;
    for (let i = 0; i < 20; i++) await party.dial(await mint(), room).next("welcome");
    expect(keys.state.asked).toBeLessThanOrEqual(1);
  });
});
