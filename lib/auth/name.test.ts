import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { PersonName } from "../protocol/values";
import { nameFromProvider, normaliseName } from "./name";

test("spaces are single and the form is composed", () => {
  expect(normaliseName("  Ada \t\n Love\u0301lace ")).toBe(
    "Ada Lov\u00e9lace".replace("v\u00e9", "v\u00e9"),
  );
});

test("direction overrides and zero-width characters are taken out", () => {
  expect(normaliseName("ad\u202emin\u2066\u200b")).toBe("admin");
});

test.each(["", "   ", "\u200b\u2060", "\u3164", "x".repeat(65), "\ud800", null, 5])(
  "%j is no name",
  (given) => {
    expect(normaliseName(given)).toBeNull();
  },
);

test("marks stacked without end are cut to what an orthography uses", () => {
  expect(normaliseName(`a${"\u0335".repeat(50)}`)?.length).toBeLessThan(8);
});

test("whatever becomes a name, the token's schema takes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), (given) => {
      const name = normaliseName(given);
      expect(name === null || v.is(PersonName, name)).toBe(true);
    }),
  );
});

test("a provider's person without a usable name gets the front of the address", () => {
  expect(nameFromProvider(null, "ada@example.com")).toBe("ada");
  expect(nameFromProvider("x".repeat(100), "ada@example.com")).toHaveLength(64);
});
