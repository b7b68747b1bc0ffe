import { describe, expect, it } from "vitest";
import { CLOSE_RULES } from "../protocol";
import { createWorld } from "./testing/world";
import type { RoomClient } from "./types";

const connection = (client: RoomClient) => client.getSnapshot().connection;

describe("a close", () => {
  it.each(CLOSE_RULES.map((rule) => [rule.code, rule.name, rule.reaction] as const))(
    "%i %s is followed by: %s",
    async (code, name, reaction) => {
      const world = createWorld();
      const client = await world.live();
      await world.clock.advance(1_000);
      world.random = () => 1;
      world.party.close(1, code);
      const closedAt = world.clock.now();
      await world.clock.advance(0);
      const now = connection(client);
      const dials = world.party.dials.length;
      switch (reaction) {
        case "stay_closed":
          expect(now.phase).toBe("closed");
          break;
        case "signed_out":
          expect(now.phase).toBe("signed_out");
          break;
        case "stop":
          expect(now).toMatchObject({ phase: "failed", stopReason: name });
          break;
        case "new_token":
        case "new_token_now":
          expect(now).toMatchObject({ phase: "connected", dials: 2 });
          break;
        case "reconnect_slowly":
          expect(now).toMatchObject({ phase: "reconnecting", retryAt: closedAt + 30_000 });
          break;
        case "wait":
          expect(now.stopReason).toBe(name);
          break;
        default:
          expect(now).toMatchObject({ phase: "reconnecting", retryAt: closedAt + 500 });
      }
      await world.clock.advance(600_000);
      const isFinal = ["stay_closed", "signed_out", "stop"].includes(reaction) || code === 4423;
      expect(world.party.dials.length > dials || connection(client).dials === 2).toBe(!isFinal);
      expect(world.party.openSockets()).toHaveLength(isFinal ? 0 : 1);
    },
  );

  it.each([
    [4999, "failed"],
    [4000, "failed"],
    [1005, "reconnecting"],
    [3000, "reconnecting"],
  ])("with the unknown code %i leads to %s", async (code, phase) => {
    const world = createWorld();
    const client = await world.live();
    world.party.close(1, code);
    await world.clock.advance(0);
    expect(connection(client).phase).toBe(phase);
    if (phase === "failed") expect(connection(client).stopReason).toBe("unknown");
  });

  it("4401 twice in a row stops after two dials, 4409 as well", async () => {
    for (const code of [4401, 4409]) {
      const world = createWorld();
      world.party.refuse = { code, error: "token_expired" };
      const client = await world.live();
      await world.clock.advance(600_000);
      expect(connection(client)).toMatchObject({ phase: "failed", stopReason: "unauthorized" });
      expect(world.party.dials).toHaveLength(2);
      expect(new Set(world.party.dials.map((dial) => dial.token)).size).toBe(2);
    }
  });

  it("4408 is no verdict on the token: it may come again and again", async () => {
    const world = createWorld();
    const client = await world.live();
    for (let n = 1; n <= 5; n++) {
      await world.clock.advance(1_000);
      world.party.close(n, 4408);
      await world.clock.advance(0);
      expect(connection(client)).toMatchObject({ phase: "connected", dials: n + 1 });
    }
  });

  it("4408 to a connection that hardly lived is not answered at once", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.close(1, 4408);
    await world.clock.advance(0);
    expect(connection(client).phase).toBe("reconnecting");
  });

  it("1006 before welcome, with fresh tokens, backs off and goes on", async () => {
    const world = createWorld();
    world.party.down = true;
    const client = await world.live();
    await world.clock.advance(60_000);
    expect(world.party.dials.length).toBeGreaterThan(3);
    expect(world.party.dials.length).toBeLessThan(15);
    expect(connection(client).phase).toBe("reconnecting");
    world.party.down = false;
    client.tryNow();
    await world.clock.advance(0);
    expect(connection(client).phase).toBe("connected");
  });

  it("after a drain waits as long as the party asked", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.tell({ type: "drain", retryInMs: 7_000 });
    world.party.close(1, 4503);
    // A random half of the base on top: those who were told the same do not come at the same time.
    await world.clock.advance(7_249);
    expect(connection(client).phase).toBe("reconnecting");
    await world.clock.advance(1);
    expect(connection(client).phase).toBe("connected");
  });

  it("4429 waits what the last error said, and cannot be hurried", async () => {
    const world = createWorld();
    world.party.refuse = { code: 4429, error: "rate_limited", retryAfterMs: 12_000 };
    const client = await world.live();
    world.party.refuse = null;
    expect(connection(client)).toMatchObject({
      phase: "reconnecting",
      stopReason: "rate_limited",
      retryAt: world.clock.now() + 12_000,
    });
    client.tryNow();
    await world.clock.advance(11_999);
    expect(world.party.dials).toHaveLength(1);
    await world.clock.advance(1);
    expect(connection(client).phase).toBe("connected");
  });

  it("4423 tells until when, and comes back when asked after that", async () => {
    const world = createWorld();
    world.party.refuse = { code: 4423, error: "forbidden", retryAfterMs: 60_000 };
    const client = await world.live();
    world.party.refuse = null;
    const retryAt = world.clock.now() + 60_000;
    const kicked = { phase: "failed", stopReason: "kicked", retryAt, held: true };
    expect(connection(client)).toMatchObject(kicked);
    client.tryNow();
    await world.clock.advance(60_000);
    expect(world.party.dials).toHaveLength(1);
    client.tryNow();
    await world.clock.advance(0);
    expect(connection(client).phase).toBe("connected");
  });

  it("of a socket that was left long ago changes nothing", async () => {
    const world = createWorld();
    const client = await world.live();
    const old = world.party.peers[0]?.handlers;
    world.party.cut();
    await world.clock.advance(1_000);
    old?.onClose(4410);
    old?.onMessage(JSON.stringify({ type: "auth.expired", graceMs: 1 }));
    old?.onMessage(JSON.stringify({ type: "typing", users: [{ id: "grace", name: "Grace" }] }));
    expect(connection(client).phase).toBe("connected");
    expect(client.getSnapshot().typing).toEqual([]);
  });

  it("spreads many clients over the whole delay", async () => {
    const delays: number[] = [];
    for (let n = 0; n < 100; n++) {
      const world = createWorld();
      const client = await world.live();
      world.random = () => n / 100;
      world.party.cut();
      delays.push((connection(client).retryAt ?? 0) - world.clock.now());
    }
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeCloseTo(495);
  });

  it("starts the back-off anew only after ten seconds up", async () => {
    const world = createWorld();
    world.random = () => 1;
    const client = await world.live();
    for (const delay of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      world.party.cut();
      expect(connection(client).retryAt).toBe(world.clock.now() + delay);
      await world.clock.advance(delay);
      expect(connection(client).phase).toBe("connected");
      await world.clock.advance(9_999);
    }
    await world.clock.advance(1);
    world.party.cut();
    expect(connection(client).retryAt).toBe(world.clock.now() + 500);
  });

  it("of a party of another version asks for a reload", async () => {
    const world = createWorld();
    world.party.silent = true;
    const client = await world.live();
    world.party.peers[0]?.handlers.onMessage('{"type":"welcome","protocol":2}');
    expect(connection(client)).toMatchObject({ phase: "failed", stopReason: "protocol_version" });
  });
});
