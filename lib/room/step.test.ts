import { serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { World } from "./testing/world";

describe("a step", () => {
  it("changes nothing it was given, so a failed write is as if nothing had happened", () => {
    const world = new World();
    world.join("ada");
    world.join("grace");
    world.forget("ada", "grace");
    const before = structuredClone(world.state);
    const send = {
      type: "frame",
      connection: "ada",
      frame: { type: "chat.send", id: "x", text: "x" },
    } as const;
    world.decide(send);
    world.decide({ type: "leave", connection: "grace" });
    world.decide({ type: "revoke", user: "grace", reason: "removed" });
    world.decide({ type: "clear", epoch: "other" });
    expect(world.state).toEqual(before);
    expect(world.heard("ada")).toEqual([]);
    expect(world.send("ada", "x")[0]).toMatchObject({ type: "ack", seq: 1 });
  });

  it("gives the same result for the same arguments", () => {
    const world = new World();
    world.join("ada");
    const event = {
      type: "join",
      connection: "grace",
      pass: world.pass("grace"),
      share: 0.3,
    } as const;
    expect(world.decide(event)).toEqual(world.decide(event));
  });

  it("has the message, its id and the number in one write with the acknowledgement", () => {
    const world = new World();
    world.join("ada");
    const { writes } = world.decide({
      type: "frame",
      connection: "ada",
      frame: { type: "chat.send", id: "x", text: "x" },
    });
    expect([...writes.put.keys()].map((key) => key.split("/")[0]).sort()).toEqual([
      "d",
      "m",
      "meta",
    ]);
  });

  it("ignores whoever is not in the room", () => {
    const world = new World();
    world.join("ada");
    world.forget("ada");
    world.do({
      type: "frame",
      connection: "ghost",
      frame: { type: "chat.send", id: "x", text: "x" },
    });
    world.do({ type: "unreadable", connection: "ghost", code: "bad_request" });
    world.do({ type: "leave", connection: "ghost" });
    world.do({
      type: "refresh",
      connection: "ghost",
      id: "r",
      presented: { ok: true, pass: world.pass("ada") },
      share: 0,
    });
    expect(world.messages()).toEqual([]);
    expect([...world.told.values()].flat()).toEqual([]);
  });

  it("answers what cannot be read, and closes when that does not stop", () => {
    const world = new World();
    world.join("ada");
    world.forget("ada");
    for (let i = 0; i < 20; i++) {
      world.do({ type: "unreadable", connection: "ada", code: "bad_request", id: `${i}` });
    }
    expect(world.of("ada", "error").map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${i}`),
    );
    expect(world.closed.size).toBe(0);
    world.do({ type: "unreadable", connection: "ada", code: "bad_request" });
    expect(world.closed.get("ada")).toBe("4400 bad_request");
  });

  it("keeps what outlives hibernation under 2 048 bytes, with the longest of everything", () => {
    const world = new World();
    const picture = `https://${"p".repeat(504)}`;
    world.join("c".repeat(36), {
      user: { id: "u".repeat(64), name: "🎈".repeat(64), picture },
      sid: "s".repeat(64),
    });
    const [connection] = world.state.connections.values();
    const uri = `https://${"h".repeat(253)}/parties/main/${"r".repeat(64)}?_pk=${"c".repeat(36)}`;
    // The format and the wrapping that PartyKit uses.
    const attachment = serialize({ __pk: { id: "c".repeat(36), uri }, __user: connection?.kept });
    expect(attachment.byteLength).toBeLessThan(2_048);
  });
});
