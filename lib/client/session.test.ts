import { describe, expect, it } from "vitest";
import { REPLACED_BY_SIGN_IN } from "../protocol";
import { createWorld, type World } from "./testing/world";
import type { RoomClient } from "./types";

const connection = (client: RoomClient) => client.getSnapshot().connection;
const HOUR = 3_600_000;

/** The app ends the session: the party says why and closes. */
async function revoke(world: World, reason: string) {
  world.party.tell({ type: "auth.revoked", reason });
  for (const { id } of world.party.openSockets()) world.party.close(id, 4410);
  await world.clock.advance(0);
}

describe("the login session behind a connection", () => {
  it("is shown with its end, which a renewal does not move", async () => {
    const world = createWorld();
    world.route.sessionEndsAt = world.clock.now() + HOUR;
    const client = await world.live();
    expect(connection(client).sessionEndsAt).toBe(world.route.sessionEndsAt);
    await world.clock.advance(300_000);
    expect(connection(client)).toMatchObject({
      phase: "connected",
      refreshes: 1,
      sessionEndsAt: world.route.sessionEndsAt,
    });
  });

  it.each([1_000, 20_000, 130_000, 301_000, 900_000])(
    "of %i ms more ends as signed out, at its end, with no storm of requests before it",
    async (ms) => {
      const world = createWorld();
      const end = world.clock.now() + ms;
      world.route.sessionEndsAt = end;
      const client = await world.live();
      // The last seconds pass in grace, so that nothing is sent that would not be accepted.
      await world.clock.advance(Math.max(0, ms - 3_100));
      expect(connection(client).phase).toBe("connected");
      await world.clock.advance(3_200);
      expect(connection(client).phase).toBe("signed_out");
      expect(connection(client).sessionEndsAt).toBeUndefined();
      expect(world.party.openSockets()).toEqual([]);
      const renewals = world.party.heard.filter((one) => one.frame.type === "auth.refresh");
      expect(renewals.length).toBeLessThanOrEqual(Math.ceil(ms / 240_000));
      for (const { at } of renewals) expect(at).toBeLessThan(end);
      // The last one is the question that was answered by 401.
      expect(world.route.requests).toHaveLength(2 + renewals.length);
      expect(world.route.requests.at(-1)?.at).toBeGreaterThanOrEqual(end);
      await world.clock.advance(HOUR);
      expect(world.route.requests).toHaveLength(2 + renewals.length);
    },
  );

  it("is renewed in place: at once a new connection, the transcript and the queue as they were", async () => {
    const world = createWorld();
    world.route.sessionEndsAt = world.clock.now() + 100_000;
    const client = await world.live({ me: { id: "ada", name: "Ada" } });
    world.party.say("grace", "g1", "stay");
    await world.clock.advance(0);
    world.route.sessionEndsAt = world.clock.now() + HOUR;
    world.page.tell("signed_in");
    client.send("I do");
    await world.clock.advance(0);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2 });
    expect(connection(client).sessionEndsAt).toBe(world.route.sessionEndsAt);
    expect(client.getSnapshot().messages.map((one) => one.text)).toEqual(["stay", "I do"]);
    expect(world.party.openSockets()).toHaveLength(1);
  });

  it("gave way to a newer sign-in of this browser: asks once more, and comes back", async () => {
    const world = createWorld();
    const client = await world.live();
    await revoke(world, REPLACED_BY_SIGN_IN);
    expect(connection(client).phase).toBe("reconnecting");
    // The answer to the sign-in may still be on its way: not before half a second.
    await world.clock.advance(499);
    expect(world.route.requests).toHaveLength(1);
    await world.clock.advance(501);
    expect(connection(client)).toMatchObject({ phase: "connected", dials: 2 });
  });

  it("gave way, and the cookie with it: signed out by the app's own word", async () => {
    const world = createWorld();
    const client = await world.live();
    world.route.answer = () => ({ status: 401 });
    await revoke(world, REPLACED_BY_SIGN_IN);
    await world.clock.advance(1_000);
    expect(connection(client).phase).toBe("signed_out");
    expect(world.route.requests).toHaveLength(2);
  });

  it("was ended in any other way: signed out, and nothing is asked", async () => {
    const world = createWorld();
    const client = await world.live();
    await revoke(world, "ended_elsewhere");
    expect(connection(client).phase).toBe("signed_out");
    await world.clock.advance(HOUR);
    expect(world.route.requests).toHaveLength(1);
  });

  it("a request in the old session's name is not waited for after signing in", async () => {
    const world = createWorld();
    world.route.answer = () => "hang";
    const client = await world.live();
    world.route.answer = () => "ok";
    world.page.tell("signed_in");
    await world.clock.advance(0);
    expect(world.route.requests).toMatchObject([{ aborted: true }, { aborted: false }]);
    expect(connection(client).phase).toBe("connected");
  });
});
