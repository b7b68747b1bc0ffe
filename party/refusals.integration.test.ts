import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty, type TokenOptions } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({ PARTY_GRACE_SECONDS: "2" });
});
afterAll(() => party.stop());

const LEASE_SECONDS = 4;
/** Everything that a refused token would have liked to change. */
const WANTED = { role: "owner", name: "Somebody Else", lease: 300 };

const mint = (room: string, options: TokenOptions = {}) =>
  party.mint("ada", { room, use: "refresh", ...options });
const present = (client: Client, token: string, id = "r") =>
  client.send({ type: "auth.refresh", id, token });

describe("a refused refresh", () => {
  const stranger = makeTokenKeys();
  it.concurrent.each<[string, TokenOptions, string]>([
    ["another person's", { sub: "grace" }, "forbidden"],
    ["another session's", { sid: "another" }, "forbidden"],
    ["another room's", { room: "elsewhere" }, "forbidden"],
    ["a forged one", { key: stranger.privateJwk }, "unauthorized"],
    ["one of another issuer", { iss: "https://evil.example" }, "unauthorized"],
    ["one to connect with", { use: "connect" }, "unauthorized"],
    ["an expired one", { issuedIn: -100 }, "token_expired"],
    ["a spent one", {}, "token_spent"],
  ])(
    "with %s token changes nothing: not role, name, lease or socket",
    async (what, options, code) => {
      const room = `refused-${what.replace(/[^a-z]+/g, "-").replace(/-$/, "")}`;
      const token = await mint(room, { ...WANTED, ...options });
      if (code === "token_spent") {
        const { client } = await party.enter("ada", { room });
        present(client, token);
        await client.next("auth.refreshed");
        await client.leave();
        // Takes back the role that the token gave while it was good.
        const { client: again } = await party.enter("ada", { room });
        await again.leave();
      }
      const { client: grace } = await party.enter("grace", { room, lease: 300 });
      const { client: ada, welcome } = await party.enter("ada", { room, lease: LEASE_SECONDS });
      await grace.caughtUp();
      const news = grace.of("presence.diff").length;
      const since = performance.now();

      present(ada, token);
      expect(await ada.next("error")).toMatchObject({ id: "r", code });
      ada.send({ type: "mod.kick", id: "k", user: "grace" });
      expect(await ada.next("error")).toMatchObject({ id: "k", code: "forbidden" });
      ada.send({ type: "chat.send", id: "m", text: "still here" });
      expect((await grace.next("chat.message")).user).toEqual(welcome.user);
      expect(grace.of("presence.diff")).toHaveLength(news);

      // The lease ends when it was to end, neither sooner nor later.
      await ada.next("auth.expired");
      expect(performance.now() - since).toBeGreaterThan(LEASE_SECONDS * 1_000 - 1_500);
      // And the connection may still be renewed by the right token.
      present(ada, await mint(room), "good");
      expect(await ada.next("auth.refreshed")).toMatchObject({ id: "good", role: "member" });
      await ada.leave();
      await grace.leave();
    },
  );
});

describe("a demotion", () => {
  it("holds from the very next frame, on every connection of the person", async () => {
    const room = "demoted";
    const { client: ada } = await party.enter("ada", { room, role: "moderator" });
    const { client: tab } = await party.enter("ada", { room, role: "moderator" });
    const { client: grace } = await party.enter("grace", { room });
    const token = await party.mint("ada", { room, use: "refresh", role: "reader" });
    // Sent together: nothing is waited for between the refresh and what it forbids.
    ada.send({ type: "auth.refresh", id: "r", token });
    ada.send({ type: "mod.mute", id: "mute", user: "grace", seconds: 60 });
    ada.send({ type: "chat.send", id: "say", text: "one last word" });
    expect(await ada.next("auth.refreshed")).toMatchObject({ role: "reader" });
    for (const id of ["mute", "say"]) {
      expect(await ada.next("error", (error) => error.id === id)).toMatchObject({
        code: "forbidden",
      });
    }
    expect(await tab.next("auth.updated")).toEqual({ type: "auth.updated", role: "reader" });
    tab.send({ type: "chat.send", id: "other", text: "from the other tab" });
    expect(await tab.next("error")).toMatchObject({ id: "other", code: "forbidden" });
    grace.send({ type: "chat.send", id: "free", text: "not muted" });
    expect(await grace.next("ack")).toMatchObject({ id: "free", seq: 1 });
  });
});
