import { describe, expect, it } from "vitest";
import type { ClientFrame } from "../protocol/client-frames";
import { ROLES, type Role } from "../protocol/values";
import { ACTIONS, IN_ARCHIVE, may } from "./permissions";
import { World } from "./testing/world";

/** Everything that can be asked of a room, and which roles are granted it; written out by hand. */
const ASKED: Record<string, { frame: ClientFrame; granted: string }> = {
  "send a message": { frame: { type: "chat.send", id: "x", text: "x" }, granted: "m M O" },
  "edit one's own": { frame: { type: "chat.edit", id: "x", seq: 1, text: "y" }, granted: "m M O" },
  "edit another's": { frame: { type: "chat.edit", id: "x", seq: 2, text: "y" }, granted: "" },
  "delete one's own": { frame: { type: "chat.delete", id: "x", seq: 1 }, granted: "m M O" },
  "delete a member's": { frame: { type: "chat.delete", id: "x", seq: 2 }, granted: "M O" },
  "delete an owner's": { frame: { type: "chat.delete", id: "x", seq: 3 }, granted: "M O" },
  react: {
    frame: { type: "chat.react", id: "x", seq: 2, emoji: "🎉", on: true },
    granted: "m M O",
  },
  "report a message": { frame: { type: "chat.report", id: "x", seq: 2 }, granted: "r m M O" },
  "read what was said": { frame: { type: "history.get", id: "x", limit: 5 }, granted: "r m M O" },
  "kick a reader": { frame: { type: "mod.kick", id: "x", user: "reader" }, granted: "M O" },
  "kick a member": { frame: { type: "mod.kick", id: "x", user: "member" }, granted: "M O" },
  "kick a moderator": { frame: { type: "mod.kick", id: "x", user: "moderator" }, granted: "O" },
  "kick an owner": { frame: { type: "mod.kick", id: "x", user: "owner" }, granted: "" },
  "ban a member": { frame: { type: "mod.ban", id: "x", user: "member" }, granted: "M O" },
  "ban a moderator": { frame: { type: "mod.ban", id: "x", user: "moderator" }, granted: "O" },
  "ban an owner": { frame: { type: "mod.ban", id: "x", user: "owner" }, granted: "" },
  "ban somebody unknown": { frame: { type: "mod.ban", id: "x", user: "nobody" }, granted: "O" },
  "mute a member": { frame: { type: "mod.mute", id: "x", user: "member" }, granted: "M O" },
  "mute a moderator": { frame: { type: "mod.mute", id: "x", user: "moderator" }, granted: "O" },
  "unmute a member": { frame: { type: "mod.unmute", id: "x", user: "member" }, granted: "M O" },
  "ask who is muted": { frame: { type: "mod.get", id: "x", user: "member" }, granted: "M O" },
  "make the room slow": { frame: { type: "mod.slow", id: "x", seconds: 9 }, granted: "M O" },
  "clear the history": { frame: { type: "mod.clear", id: "x" }, granted: "O" },
};
const LETTER: Record<Role, string> = { reader: "r", member: "m", moderator: "M", owner: "O" };
const IN_ARCHIVE_TOO = ["report a message", "read what was said"];

/** A room with one of each role in it, and the actor, who wrote message 1. */
function room(role: Role): World {
  const world = new World();
  for (const one of ROLES) world.join(`${one}1`, { role: one, user: { id: one, name: one } });
  const me = { user: { id: "me", name: "Me" } };
  world.join("me1", { ...me, role: "owner" });
  world.send("me1", "mine");
  world.send("member1", "theirs");
  world.send("owner1", "the owner's");
  world.do({ type: "role", user: "me", role });
  return world;
}
const cases = Object.keys(ASKED).flatMap((what) => ROLES.map((role) => [what, role] as const));
const outcome = (world: World, frame: ClientFrame) => {
  const before = { stored: new Map(world.stored), seq: world.state.seq, rev: world.state.rev };
  const heard = world.frame("me1", frame);
  const error = heard.find((one) => one.type === "error");
  const unchanged = JSON.stringify([...before.stored]) === JSON.stringify([...world.stored]);
  return { granted: error === undefined, code: error?.code, unchanged, answered: heard.length > 0 };
};

describe("in an open room", () => {
  it.each(cases)("%s: a %s", (what, role) => {
    const { frame, granted } = ASKED[what] as (typeof ASKED)[string];
    const expected = granted.split(" ").includes(LETTER[role]);
    const result = outcome(room(role), frame);
    expect(result.answered).toBe(true);
    expect(result.granted).toBe(expected);
    if (!expected) expect(result).toMatchObject({ code: "forbidden", unchanged: true });
  });
});

describe("in an archived room, for every role", () => {
  it.each(cases)("%s: a %s", (what, role) => {
    const world = room(role);
    world.do({ type: "settings", archived: true, epoch: "unused" });
    const result = outcome(world, (ASKED[what] as (typeof ASKED)[string]).frame);
    expect(result.granted).toBe(IN_ARCHIVE_TOO.includes(what));
    if (!result.granted) expect(result).toMatchObject({ code: "forbidden", unchanged: true });
  });
});

it("typing is for those who may speak", () => {
  for (const role of ROLES) {
    const heard = room(role).frame("me1", { type: "typing.set", on: true });
    expect(heard.map(({ type }) => type)).toEqual([role === "reader" ? "error" : "typing"]);
  }
});

it("a higher role may all that a lower one may, and nothing in an archive that it may not else", () => {
  for (const action of ACTIONS) {
    const granted = ROLES.map((role) => may(role, action));
    expect(granted).toEqual([...granted].sort());
    expect(may("owner", action)).toBe(true);
  }
  for (const action of IN_ARCHIVE) expect(ACTIONS).toContain(action);
});
