import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import type { Refused } from "./testing/client";
import { ORIGIN, startTestParty, type TestParty, type TokenOptions } from "./testing/kit";

const BRANCH = "https://guestlist-git-branch-team.vercel.app";
const OTHER = "https://guestlist-git-other-team.vercel.app";
const previews = makeTokenKeys();

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({
    APP_ORIGINS: `${ORIGIN},https://guestlist-*-team.vercel.app`,
    PARTY_PREVIEW_JWKS: JSON.stringify(previews.keySet),
  });
});
afterAll(() => party.stop());

let rooms = 0;
const freshRoom = () => `previews-${++rooms}`;
/** A token as a preview signs it. */
const byPreview = (more: TokenOptions = {}): TokenOptions => ({
  iss: BRANCH,
  key: previews.privateJwk,
  header: { kid: previews.privateJwk.kid },
  ...more,
});
const statusOf = (client: { opened: Promise<void> }) =>
  client.opened.then(
    () => 101,
    (error: unknown) => (error as Refused).status,
  );
const dial = async (options: TokenOptions, room: string, origin?: string) =>
  party.dial(await party.mint("ada", { room, ...options }), room, "", origin ? { origin } : {});

describe("previews of the app", () => {
  it("have rooms of their own under the same names: nobody and nothing is seen from one to the other", async () => {
    const room = freshRoom();
    const app = await party.enter("ada", { room });
    const branch = await party.enter("grace", byPreview({ room }));
    const other = await party.enter("linus", byPreview({ room, iss: OTHER }));
    for (const { welcome } of [app, branch, other]) {
      expect(welcome.presence).toHaveLength(1);
      expect(welcome.room.id).toBe(room);
    }
    branch.client.send({ type: "chat.send", id: "m1", text: "only here" });
    await branch.client.next("ack");
    for (const { client } of [app, other]) {
      await client.caughtUp();
      expect(client.of("chat.message")).toEqual([]);
      expect(client.of("presence.diff")).toEqual([]);
    }
    const again = await party.enter("ada", byPreview({ room }));
    expect(again.welcome.messages.map(({ text }) => text)).toEqual(["only here"]);
    const later = await party.enter("grace", { room });
    expect(later.welcome.messages).toEqual([]);
  });

  it("cannot sign for the app, nor the app's key for them, nor anybody for what is no preview", async () => {
    const room = freshRoom();
    const forged: TokenOptions[] = [
      byPreview({ iss: ORIGIN }),
      { iss: BRANCH },
      byPreview({ iss: "https://guestlist-evil.vercel.app" }),
      byPreview({ iss: "https://guestlist-a.b-team.vercel.app" }),
      byPreview({ header: { kid: party.keys.privateJwk.kid } }),
    ];
    for (const options of forged) expect(await statusOf(await dial(options, room))).toBe(401);
    expect(await statusOf(await dial(byPreview(), room))).toBe(101);
  });

  it("dial from their own pages alone, and their pages bring no token of another", async () => {
    const room = freshRoom();
    expect(await statusOf(await dial(byPreview(), room, BRANCH))).toBe(101);
    expect(await statusOf(await dial({}, room, ORIGIN))).toBe(101);
    expect(await statusOf(await dial({}, room, BRANCH))).toBe(403);
    expect(await statusOf(await dial(byPreview(), room, ORIGIN))).toBe(403);
    expect(await statusOf(await dial(byPreview(), room, OTHER))).toBe(403);
    expect(await statusOf(await dial(byPreview(), room, "https://x.vercel.app"))).toBe(403);
  });

  it("renew their own connections, and none that the app has opened", async () => {
    const room = freshRoom();
    const app = await party.enter("ada", { room, role: "reader" });
    const use = "refresh";
    const token = await party.mint("ada", byPreview({ room, role: "owner", use }));
    app.client.send({ type: "auth.refresh", id: "r1", token });
    expect(await app.client.next("error")).toMatchObject({ id: "r1" });
    app.client.send({ type: "chat.send", id: "m1", text: "as a reader" });
    expect(await app.client.next("error")).toMatchObject({ id: "m1", code: "forbidden" });

    const branch = await party.enter("ada", byPreview({ room }));
    const own = await party.mint("ada", byPreview({ room, use }));
    branch.client.send({ type: "auth.refresh", id: "r2", token: own });
    expect(await branch.client.next("auth.refreshed")).toMatchObject({ id: "r2" });
  });

  it("reach their own rooms over HTTP, and no other", async () => {
    const room = freshRoom();
    const app = await party.enter("ada", { room });
    const branch = await party.enter("grace", byPreview({ room }));
    const at = `/parties/main/${room}`;
    const bearer = async (options: TokenOptions = {}) =>
      `Bearer ${await party.mint("app", { room, use: "server", ...options })}`;
    const seen = await party.http("GET", at, undefined, await bearer(byPreview()));
    expect(seen.body).toMatchObject({ room, people: 1, seq: 0 });
    const say = { id: "s1", text: "from the preview", as: "bot" };
    const said = await party.http("POST", `${at}/messages`, say, await bearer(byPreview()));
    expect(said.status).toBe(200);
    expect(await branch.client.next("chat.message")).toMatchObject({ text: "from the preview" });

    const revoke = { user: "ada", reason: "gone" };
    const revoked = await party.http("POST", `${at}/revoke`, revoke, await bearer(byPreview()));
    expect(revoked.status).toBe(200);
    await app.client.caughtUp();
    expect(app.client.of("chat.message")).toEqual([]);
    const own = await party.http("GET", at, undefined, await bearer());
    expect(own.body).toMatchObject({ people: 1, seq: 0 });
  });

  it("have rooms that no address names", async () => {
    const room = freshRoom();
    await party.enter("grace", byPreview({ room }));
    const inside = `preview.${new URL(BRANCH).host}.${room}`;
    for (const options of [{ room: inside }, byPreview({ room }), byPreview({ room: inside })]) {
      expect(await statusOf(party.dial(await party.mint("ada", options), inside))).toBe(404);
    }
    expect((await party.http("GET", `/parties/main/${inside}`)).status).toBe(404);
  });

  it("are sent away by who stops the party, and by nobody else's word", async () => {
    const room = freshRoom();
    const preview = `?preview=${encodeURIComponent(BRANCH)}`;
    const drain = async (options: TokenOptions | null, query = preview) => {
      const token = options && (await party.mint("runner", { use: "server", room, ...options }));
      const auth = token === null ? undefined : `Bearer ${token}`;
      return (await party.http("POST", `/parties/main/${room}/drain${query}`, {}, auth)).status;
    };
    const branch = await party.enter("grace", byPreview({ room }));
    const app = await party.enter("ada", { room });
    expect(await drain(byPreview({ iss: OTHER }))).toBe(403);
    expect(await drain(byPreview())).toBe(403);
    for (const none of [ORIGIN, "https://evil.example", "", "null"]) {
      expect(await drain({}, `?preview=${encodeURIComponent(none)}`), none).toBe(403);
    }
    await branch.client.caughtUp();
    expect(branch.client.of("drain")).toEqual([]);
    expect(await drain({})).toBe(200);
    expect(await branch.client.closed).toEqual({ code: 4503, reason: "draining" });
    const again = await party.enter("grace", byPreview({ room }));
    expect(await drain(null)).toBe(200);
    expect(await again.client.closed).toEqual({ code: 4503, reason: "draining" });
    await app.client.caughtUp();
    expect(app.client.of("drain")).toEqual([]);
  });

  it("have their rooms drained by the runner too", async () => {
    const room = freshRoom();
    const app = await party.enter("ada", { room });
    const branch = await party.enter("grace", byPreview({ room }));
    await party.stopInOrder();
    for (const { client } of [app, branch]) {
      expect(await client.closed).toEqual({ code: 4503, reason: "draining" });
    }
    await party.restart();
  });
});
