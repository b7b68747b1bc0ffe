import { describe, expect, it } from "vitest";
import type { PresentUser } from "../protocol";
import { createWorld } from "./testing/world";

describe("people", () => {
  const user = (id: string, status: PresentUser["status"], name = id): PresentUser => ({
    id,
    name,
    role: "member",
    status,
    connections: 1,
    lastSeen: 0,
  });

  it("are listed with oneself first, then who is active, then who is away, by name", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.tell({
      type: "presence.sync",
      users: [
        user("zoe", "active"),
        user("bob", "away"),
        user("ada", "away"),
        user("cy", "active"),
      ],
    });
    await world.clock.advance(0);
    const ids = () => client.getSnapshot().people.map((one) => one.id);
    expect(ids()).toEqual(["ada", "cy", "zoe", "bob"]);
    const zoe = client.getSnapshot().people[2];
    world.party.tell({
      type: "presence.diff",
      joined: [user("al", "active")],
      left: ["cy"],
      updated: [user("bob", "active")],
    });
    await world.clock.advance(0);
    expect(ids()).toEqual(["ada", "al", "bob", "zoe"]);
    expect(client.getSnapshot().people[3]).toBe(zoe);
  });

  it("who type are listed without oneself", async () => {
    const world = createWorld();
    const client = await world.live();
    const users = [
      { id: "ada", name: "Ada" },
      { id: "grace", name: "Grace" },
    ];
    world.party.tell({ type: "typing", users });
    await world.clock.advance(0);
    expect(client.getSnapshot().typing).toEqual([{ id: "grace", name: "Grace" }]);
    const before = client.getSnapshot();
    world.party.tell({ type: "typing", users });
    await world.clock.advance(0);
    expect(client.getSnapshot()).toBe(before);
  });

  it("learn of a new role at once", async () => {
    const world = createWorld();
    const client = await world.live();
    world.party.tell({ type: "auth.updated", role: "moderator" });
    await world.clock.advance(0);
    expect(client.getSnapshot().me).toMatchObject({ id: "ada", role: "moderator" });
  });
});
