import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import type { Refused } from "./testing/client";
import { serveKeys } from "./testing/jwks-server";
import { startTestParty, type TestParty } from "./testing/kit";

const [first, second, stranger] = [makeTokenKeys(), makeTokenKeys(), makeTokenKeys()];
const publicOf = ({ keySet }: typeof first) => keySet.keys[0]!;
let party: TestParty;
let published: Awaited<ReturnType<typeof serveKeys>>;

beforeAll(async () => {
  published = await serveKeys([publicOf(first)]);
  party = await startTestParty({ PARTY_TOKEN_JWKS: published.url });
});
afterAll(() => Promise.all([party.stop(), published.stop()]));

const signed = ({ privateJwk }: typeof first) => ({
  key: privateJwk,
  header: { kid: privateJwk.kid },
});

describe("keys that the app publishes", () => {
  it("change and go while two people talk: nobody is refused or dropped, and the old key opens nothing", async () => {
    const room = "rotating";
    const talk = [];
    for (const user of ["ada", "grace"]) {
      const token = await party.mint(user, { room, ...signed(first) });
      const client = party.dial(token, room);
      await client.next("welcome");
      talk.push({ user, client });
    }
    const renewAndSpeak = async (keys: typeof first, round: string) => {
      for (const { user, client } of talk) {
        const token = await party.mint(user, { room, use: "refresh", ...signed(keys) });
        client.send({ type: "auth.refresh", id: `${user}-${round}`, token });
        await client.next("auth.refreshed", ({ id }) => id === `${user}-${round}`);
        client.send({ type: "chat.send", id: `${user}-${round}`, text: round });
        await client.next("ack");
      }
    };
    await renewAndSpeak(first, "before");
    // `keys rotate`: both are published, and the app signs with the new one at once.
    published.state.keys = [publicOf(second), publicOf(first)];
    await renewAndSpeak(second, "rotated");
    // A token of an app instance that has not heard of it yet.
    await renewAndSpeak(first, "straggler");
    // `keys retire`.
    published.state.keys = [publicOf(second)];
    await renewAndSpeak(second, "retired");

    const refusal = async () =>
      party.dial(await party.mint("linus", { room, ...signed(first) }), room).opened.then(
        () => 101,
        (error: Refused) => error.status,
      );
    // Believed for a minute at the most; any unknown key makes the party look sooner.
    const junk = await party.mint("linus", { room, ...signed(stranger) });
    await party.dial(junk, room).opened.catch(() => undefined);
    expect(await refusal()).toBe(401);

    await renewAndSpeak(second, "after");
    for (const { client } of talk) {
      await client.caughtUp();
      expect(client.of("error")).toEqual([]);
      expect(client.of("chat.message")).toHaveLength(10);
    }
  });

  it("are waited for by whoever names an unknown one, and by nobody else: messages and revocations go on", async () => {
    const room = "waiting";
    const enter = async (user: string) => {
      const client = party.dial(await party.mint(user, { room, ...signed(second) }), room);
      await client.next("welcome");
      return client;
    };
    const [mallory, ada, grace] = [
      await enter("mallory"),
      await enter("ada"),
      await enter("grace"),
    ];
    const { asked, release } = published.hold();
    const junk = await party.mint("mallory", { room, use: "refresh", ...signed(stranger) });
    mallory.send({ type: "auth.refresh", id: "junk", token: junk });
    mallory.send({ type: "ping", id: "behind" });
    await asked;

    ada.send({ type: "chat.send", id: "meanwhile", text: "Hello" });
    await ada.next("ack", ({ id }) => id === "meanwhile");
    const sid = "session-of-grace";
    await party.http("POST", `/parties/main/${room}/revoke`, { sid, reason: "signed_out" });
    expect(await grace.closed).toMatchObject({ code: 4410 });
    // Its own frames keep their order.
    expect([mallory.of("error"), mallory.of("pong")]).toEqual([[], []]);
    release();
    await mallory.next("pong", ({ id }) => id === "behind");
    expect(mallory.of("error")).toMatchObject([{ id: "junk", code: "unauthorized" }]);
  });

  it("that cannot be had for a while leave those who are known alone", async () => {
    published.state.status = 503;
    const token = await party.mint("ada", { room: "outage", ...signed(second) });
    await party.dial(token, "outage").next("welcome");
    const unknown = await party.mint("ada", { room: "outage", ...signed(stranger) });
    const client = party.dial(unknown, "outage");
    expect(await client.next("error")).toMatchObject({ code: "unavailable", retryable: true });
    expect(await client.closed).toEqual({ code: 1013, reason: "try_again_later" });
  });
});
