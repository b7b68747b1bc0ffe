import { describe, expect, it } from "vitest";
import { World } from "./testing/world";

const named = (name: string) => ({ user: { id: "ada", name } });
const rename = (world: World, name: string) => world.do({ type: "rename", user: "ada", name });

describe("a new name", () => {
  it("is seen by the others at once and stands on the next message, not on earlier ones", () => {
    const world = new World();
    world.join("ada", named("Ada"));
    world.join("grace");
    world.send("ada", "before");
    rename(world, "Countess");
    expect(world.of("grace", "presence.diff").at(-1)).toMatchObject({
      updated: [{ id: "ada", name: "Countess" }],
    });
    world.send("ada", "after");
    expect(world.messages().map(({ user }) => user.name)).toEqual(["Ada", "Countess"]);
  });

  it("holds against a token that was minted before, on connect and on refresh", () => {
    const world = new World();
    world.join("ada1", named("Ada"));
    const issuedAt = world.now - 5_000;
    rename(world, "Countess");
    world.refresh("ada1", world.pass("ada", { ...named("Ada"), issuedAt }));
    expect(world.join("ada2", { ...named("Ada"), issuedAt })[0]).toMatchObject({
      user: { id: "ada", name: "Countess" },
      presence: [{ id: "ada", name: "Countess" }],
    });
    world.send("ada2", "hello");
    expect(world.messages()[0]?.user.name).toBe("Countess");
    expect(world.of("ada1", "presence.diff").flatMap(({ updated }) => updated)).not.toContainEqual(
      expect.objectContaining({ name: "Ada" }),
    );
  });

  it("gives way to the name in a newer token", () => {
    const world = new World();
    world.join("ada", named("Ada"));
    rename(world, "Countess");
    world.now += 1_000;
    world.refresh("ada", world.pass("ada", named("Ada Lovelace")));
    world.send("ada", "hello");
    expect(world.messages()[0]?.user.name).toBe("Ada Lovelace");
  });

  it("outlives an eviction, and waits for somebody who is not here", () => {
    const world = new World();
    world.join("ada", named("Ada"));
    rename(world, "Countess");
    world.restart();
    world.send("ada", "hello");
    expect(world.messages()[0]?.user.name).toBe("Countess");
    const empty = new World();
    rename(empty, "Countess");
    empty.join("ada", { ...named("Ada"), issuedAt: empty.now - 1 });
    expect(empty.of("ada", "welcome")[0]?.user.name).toBe("Countess");
  });
});
