import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRoomId, slugOf } from "./slug";

describe("the id of a room", () => {
  it.each([
    ["General", "general"],
    ["Café après minuit!", "cafe-apres-minuit"],
    ["  Ada's  room ", "adas-room"],
    ["Łódź & Ærø", "lodz-aero"],
    ["2nd floor", "2nd-floor"],
    ["李小龙", ""],
    ["--x--", "x"],
  ])("for %j is %j", (name, slug) => expect(slugOf(name)).toBe(slug));

  it("is always one that the gate accepts, or empty, and stays the same the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
        const slug = slugOf(name);
        expect(slug === "" || isRoomId(slug)).toBe(true);
        expect(slugOf(slug)).toBe(slug);
      }),
      { numRuns: 1_000 },
    );
  });
});
