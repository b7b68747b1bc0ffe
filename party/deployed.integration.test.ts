import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Refused } from "./testing/client";
import { ORIGIN, startTestParty, type TestParty } from "./testing/kit";

/**
 * The other tests run with the local relay; a deployed party runs as this one does, without. Under
 * the local engine a closed socket then keeps its TCP connection for a while, so these clients, like
 * browsers, do not wait for the end of it once the close frame is here.
 */
const CLOSE_TIMEOUT_MS = 200;
let party: TestParty;
beforeAll(async () => {
  party = await startTestParty(
    { PARTY_RELAY: "0", PARTY_GRACE_SECONDS: "1" },
    { closeTimeout: CLOSE_TIMEOUT_MS },
  );
});
afterAll(() => party.stop());

describe("a party as it is deployed, without the relay", () => {
  it("lets two people in, and hands on nothing that a client chose", async () => {
    const bo = await party.enter("bo");
    const forged = encodeURIComponent(JSON.stringify({ room: "general", pass: { sid: "evil" } }));
    const ada = party.dial(await party.mint("ada"), "general", "&_pk=bo", {
      Origin: ORIGIN,
      "x-guestlist": forged,
    });
    const welcome = await ada.next("welcome");
    expect(welcome.user).toEqual({ id: "ada", name: "Ada" });
    expect(welcome.connection).not.toBe("bo");
    ada.send({ type: "chat.send", id: "m1", text: "hello" });
    const { seq } = await ada.next("ack");
    expect(await bo.client.next("chat.message")).toMatchObject({ seq, user: { id: "ada" } });
    await Promise.all([ada.leave(), bo.client.leave()]);
  });

  it("has the longest names, ids and pictures in the socket's attachment", async () => {
    const long = {
      sub: "u".repeat(64),
      sid: "s".repeat(64),
      room: "r".repeat(64),
      name: "🎈".repeat(64),
      picture: `https://${"p".repeat(504)}`,
    };
    const { client, welcome } = await party.enter(long.sub, long);
    expect(welcome.user).toMatchObject({ name: long.name, picture: long.picture });
    client.send({ type: "presence.set", status: "away" });
    await client.next("presence.diff", ({ updated }) => updated[0]?.status === "away");
    await client.leave();
  });

  it("refuses forged tokens before the room, and spent ones so that a browser can read it", async () => {
    const refused = await party.dial("junk").opened.catch((error: Refused) => error);
    expect(refused).toMatchObject({ status: 401 });
    const token = await party.mint("cy");
    const first = party.dial(token);
    await first.next("welcome");
    const second = party.dial(token);
    expect((await second.next("error")).code).toBe("token_spent");
    expect(await second.closed).toMatchObject({ code: 4409, reason: "token_spent" });
    await first.leave();
  });

  it("ends a lease, and closes on sign-out, with the contract's frames and codes", async () => {
    const { client } = await party.enter("dee", { lease: 1 });
    await client.next("auth.expiring");
    await client.next("auth.expired");
    expect(await client.closed).toMatchObject({ code: 4408, reason: "auth_timeout" });

    const other = await party.enter("eve");
    const revoke = { sid: "session-of-eve", reason: "signed_out" };
    expect((await party.http("POST", "/parties/main/general/revoke", revoke)).status).toBe(200);
    expect((await other.client.next("auth.revoked")).reason).toBe("signed_out");
    expect(await other.client.closed).toMatchObject({ code: 4410 });
  });
});
