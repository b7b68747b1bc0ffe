import fc from "fast-check";
import { expect, test } from "vitest";
import { sameOriginPath } from "./return-to";

const origin = "https://app.example.com";

test.each([
  ["/rooms", "/rooms"],
  ["/rooms/general?a=1#b", "/rooms/general?a=1#b"],
  [`${origin}/settings`, "/settings"],
  [origin, "/"],
])("%s leads to %s", (given, path) => {
  expect(sameOriginPath(given, origin)).toBe(path);
});

test.each([
  "//evil.com",
  "///evil.com",
  "/\\evil.com",
  "\\\\evil.com",
  "/\t/evil.com",
  "/\n/evil.com",
  " //evil.com",
  "https:evil.com",
  "https://evil.com",
  "https://app.example.com.evil.com/",
  "https://app.example.com@evil.com/",
  "https://app.example.comevil/",
  "http://app.example.com/",
  "javascript:alert(1)",
  "data:text/html,x",
  ".....///evil",
  "evil.com",
  "/.//evil.com",
  "/a/..//evil.com",
  "",
  "/x".repeat(2000),
])("%j leads nowhere", (given) => {
  expect(sameOriginPath(given, origin)).toBeNull();
});

test("whatever is accepted, a browser stays on our origin", () => {
  const parts = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "//",
    "@",
    ":",
    "?",
    "#",
    "evil.com",
    "%2f",
    "%5c",
    "\t",
    "a",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (list) => {
      const path = sameOriginPath(list.join(""), origin);
      if (path !== null) expect(new URL(path, `${origin}/sign-in`).origin).toBe(origin);
    }),
  );
});
