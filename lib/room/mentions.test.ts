import { describe, expect, it } from "vitest";
import { World } from "./testing/world";

const ada = { user: { id: "ada", name: "Ada Lovelace" } };
const look = (world: World, user: string) => world.do({ type: "look", user }).answer;
const mentionsOf = (world: World, user: string) => {
  const answer = look(world, user);
  return answer?.ok ? answer.body.mentions : undefined;
};
function evening() {
  const world = new World();
  world.join("grace");
  world.join("ada1", ada);
  world.do({ type: "leave", connection: "ada1" });
  world.later(60_000);
  return world;
}

describe("what hidden people say", () => {
  it("is left out of what is unread, its mentions too, as far as the newest hundred go", () => {
    const world = evening();
    world.join("linus");
    world.send("grace", "1", "@Ada, hello");
    world.send("linus", "2", "@Ada, me too");
    world.send("linus", "3", "anybody?");
    const seen = (hide?: string[]) => {
      const { answer } = world.do({ type: "look", user: "ada", hide });
      if (!answer?.ok) throw new Error("refused");
      const { seq, readSeq, mentions, unreadHidden } = answer.body;
      return [seq, readSeq, mentions, unreadHidden];
    };
    expect(seen()).toEqual([3, 0, 2, undefined]);
    expect(seen(["linus", "nobody"])).toEqual([3, 0, 1, 2]);
    world.join("ada2", ada);
    world.frame("ada2", { type: "read.set", seq: 2 });
    expect(seen(["linus"])).toEqual([3, 2, 0, 1]);
    for (let at = 0; at < 101; at++) {
      world.now += 1_000;
      world.send("linus", `x${at}`);
    }
    expect(seen(["linus"])).toEqual([104, 2, 0, 100]);
  });
});

describe("a mention", () => {
  it("is counted for somebody who has left, by whole and by first name, until it is read", () => {
    const world = evening();
    world.send("grace", "1", "hello @ada lovelace");
    world.send("grace", "2", "hello all");
    world.send("grace", "3", "@Ada?");
    expect(mentionsOf(world, "ada")).toBe(2);
    expect(mentionsOf(world, "grace")).toBe(0);
    world.join("ada1", ada);
    world.frame("ada1", { type: "read.set", seq: 1 });
    expect(mentionsOf(world, "ada")).toBe(1);
    world.frame("ada1", { type: "read.set", seq: 3 });
    expect(mentionsOf(world, "ada")).toBe(0);
    expect([...world.stored.keys()].filter((key) => key.startsWith("at/"))).toEqual([]);
  });

  it("is told with the message, and survives the room's restart", () => {
    const world = evening();
    world.restart();
    expect(world.send("grace", "1", "@Ada")[1]).toMatchObject({ mentions: ["ada"] });
    expect(world.send("grace", "2", "nobody")[1]).not.toHaveProperty("mentions");
    expect(world.messages()[0]?.mentions).toEqual(["ada"]);
  });

  it("by a first name means nobody where two have it, one of whom left long ago", () => {
    const world = evening();
    world.join("byron1", { user: { id: "byron", name: "Ada Byron" } });
    world.do({ type: "leave", connection: "byron1" });
    world.later(60_000);
    expect(world.send("grace", "1", "@Ada")[1]).not.toHaveProperty("mentions");
    expect(world.send("grace", "2", "@ada byron")[1]).toMatchObject({ mentions: ["byron"] });
  });

  it("follows an edit and goes with the message", () => {
    const world = evening();
    world.send("grace", "1", "@Ada");
    const edit = { type: "chat.edit", id: "e", seq: 1 } as const;
    const edited = world.frame("grace", { ...edit, text: "never mind" })[1];
    expect(edited).toMatchObject({ type: "chat.updated" });
    expect(edited).not.toHaveProperty("mentions");
    expect(mentionsOf(world, "ada")).toBe(0);
    world.frame("grace", { ...edit, id: "f", text: "after all, @Ada" });
    expect(mentionsOf(world, "ada")).toBe(1);
    world.frame("grace", { type: "chat.delete", id: "d", seq: 1 });
    expect(mentionsOf(world, "ada")).toBe(0);
    expect(world.messages()[0]).not.toHaveProperty("mentions");
  });

  it("of oneself is none", () => {
    const world = evening();
    expect(world.send("grace", "1", "note to @grace")[1]).not.toHaveProperty("mentions");
  });

  it("by a server counts like anybody's, once", () => {
    const world = evening();
    const say = { type: "say", id: "1", text: "@Ada", as: { id: "bot", name: "Bot" } } as const;
    world.do(say);
    world.do(say);
    expect(mentionsOf(world, "ada")).toBe(1);
  });
});

describe("whom a room knows by name", () => {
  it("has the newest name only, whether a token or the app said it", () => {
    const world = evening();
    world.do({ type: "rename", user: "ada", name: "Ada King" });
    expect(world.send("grace", "1", "@Ada Lovelace")[1]).toMatchObject({ mentions: ["ada"] });
    world.do({ type: "rename", user: "ada", name: "Countess" });
    expect(world.send("grace", "2", "@Ada Lovelace")[1]).not.toHaveProperty("mentions");
    expect(world.send("grace", "3", "@Countess")[1]).toMatchObject({ mentions: ["ada"] });
    world.later(200_000);
    world.join("ada1", ada);
    expect(world.send("grace", "4", "@Countess @Ada")[1]).toMatchObject({ mentions: ["ada"] });
    expect(world.send("grace", "5", "@Countess")[1]).not.toHaveProperty("mentions");
  });

  it("are those who were added and never came; not those who were removed", () => {
    const world = evening();
    world.do({ type: "role", user: "linus", role: "member", name: "Linus" });
    expect(world.send("grace", "1", "@Linus")[1]).toMatchObject({ mentions: ["linus"] });
    expect(mentionsOf(world, "linus")).toBe(1);
    world.do({ type: "revoke", user: "linus", reason: "removed" });
    expect(world.send("grace", "2", "@Linus")[1]).not.toHaveProperty("mentions");
  });

  it("are found whatever signs and letters a name has", () => {
    const world = new World();
    world.join("grace");
    const names = ["-x-", "Jr.", "Łukasz Z", "张伟", "İpek", "a/b c", "🎈 Bal"];
    names.forEach((name, index) => {
      world.join(`p${index}`, { user: { id: `p/${index}`, name } });
    });
    names.forEach((name, index) => {
      const said = world.send("grace", `m${index}`, `so, @${name} …`)[1];
      expect(said, name).toMatchObject({ mentions: [`p/${index}`] });
    });
  });
});
