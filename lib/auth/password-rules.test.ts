import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules";

const zed = { name: "Zed Quux", email: "zq@xyz.io" };
const words = (text: string): string[] => text.trim().split(/\s+/);

test.each(
  words(`baseball football superman 1qaz2wsx trustno1 jennifer sunshine iloveyou starwars computer
    michelle 11111111 princess 88888888 q1w2e3r4t5 internet 123123123 qwertyuiop 1234567890
    asdfasdf 87654321 12344321 jonathan qazwsxedc password1 qwerty123 12341234 asdfghjkl dolphins
    11223344 airborne passw0rd P@ssw0rd Passw0rd! letmein1 welcome1 monkey123 abcd1234 aaaaaaaa
    zaq12wsx 1q2w3e4r 123qweasd 147258369 01011990 asdf1234 password123 Summer2024! a1b2c3d4
    guestlist guestlist1 passwordpassword abcabcabc bluebird blackcat lovelove zxcvbnm1`),
)("%s is refused as easy to guess", (password) => {
  expect(passwordProblem(password, zed)).toBe("common");
});

test.each([
  "correct horse battery",
  "tr0ub4dor&3 zebra",
  "Kx9#mQ2pLw",
  "a very long password here",
  `${" ".repeat(20)}\u{1f389}`,
  "violet-otter-piano-42",
  "mein hund bellt laut",
  "\u043f\u0430\u0440\u043e\u043b\u044c\u0447\u0438\u043a \u0434\u043e\u043c",
])("%j is accepted without rules about its composition", (password) => {
  expect(passwordProblem(password, zed)).toBeNull();
});

test.each([
  "lovelace1815",
  "Ada Lovelace",
  "ada@example.com",
  "adalovelace!",
  "Example2024",
  "L0velace99",
])("%j is refused for Ada Lovelace, ada@example.com", (password) => {
  const ada = { name: "Ada Lovelace", email: "ada@example.com" };
  expect(passwordProblem(password, ada)).not.toBeNull();
});

test("length is counted in characters, from 8 to 256", () => {
  expect(passwordProblem("xK9#mQ2", zed)).toBe("too_short");
  expect(passwordProblem("\u{1f389}\u{1f431}\u{1f697}\u{1f355}", zed)).toBe("too_short");
  const long = Array.from({ length: 256 }, (_, i) =>
    String.fromCharCode(33 + ((i * 37) % 90)),
  ).join("");
  expect(passwordProblem(long, zed)).toBeNull();
  expect(passwordProblem(`${long}x`, zed)).toBe("too_long");
});
