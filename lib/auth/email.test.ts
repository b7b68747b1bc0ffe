import { expect, test } from "vitest";
import { normaliseEmail } from "./email";

test.each([
  ["Ada@Example.COM", "ada@example.com"],
  ["  ada@example.com\n", "ada@example.com"],
  ["a.b+tag@sub.example.co", "a.b+tag@sub.example.co"],
])("%j is stored as %j", (given, stored) => {
  expect(normaliseEmail(given)).toBe(stored);
});

test.each([
  "",
  "ada",
  "ada@localhost",
  "@example.com",
  "ada@",
  "a@b@example.com",
  '"e@attacker.com"@victim.com',
  "ada@[127.0.0.1]",
  "ada@example.com.",
  "ada@-example.com",
  ".ada@example.com",
  "a..b@example.com",
  "ada@exa mple.com",
  "ada\u0000@example.com",
  "victim＠example.com",
  "vıctim@example.com",
  "\u212ada@example.com",
  "ada@exämple.com",
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(300)}.com`,
])("%j is no address, so no second account can look like a first", (given) => {
  expect(normaliseEmail(given)).toBeNull();
});

test.each([null, undefined, 1, {}, ["ada@example.com"]])(
  "%j, which is no text, is no address",
  (given) => {
    expect(normaliseEmail(given)).toBeNull();
  },
);
