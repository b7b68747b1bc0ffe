import { describe, expect, it } from "vitest";
import { assertRoomId, socketScheme } from "./party-address";

describe("the scheme of the socket", () => {
  it.each(["localhost:1999", "127.0.0.1:1999", "[::1]:1999", "LOCALHOST", "127.0.0.1"])(
    "is plain to this machine: %s",
    (host) => {
      expect(socketScheme(host)).toBe("ws");
    },
  );

  it.each([
    "party.example.com",
    "0.0.0.0:1999",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "192.168.1.5:1999",
    "10.0.0.1",
  ])("is wss everywhere else: %s", (host) => {
    expect(socketScheme(host)).toBe("wss");
  });

  it.each(["", "a/b", "..", "A", "../../parties/x?token=evil", "a".repeat(65), "-a", "a\n"])(
    "is not asked for where the room is no room: %j",
    (room) => {
      expect(() => assertRoomId(room)).toThrow(TypeError);
    },
  );
});
