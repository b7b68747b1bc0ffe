import { describe, expect, it } from "vitest";
import { linkTo, seqOf } from "./anchor";

describe("a link to one message", () => {
  it("leads back to its number", () => {
    const link = linkTo(12, { origin: "https://chat.example.com", pathname: "/rooms/general" });
    expect(link).toBe("https://chat.example.com/rooms/general#m-12");
    expect(seqOf(new URL(link).hash)).toBe(12);
  });

  it.each(["", "#", "#main", "#m-", "#m-0", "#m-1x", "#m--1", "#m-1234567890123456", "m-1"])(
    "is not %s",
    (hash) => expect(seqOf(hash)).toBeNull(),
  );
});
