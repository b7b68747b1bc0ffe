import { hash } from "@node-rs/argon2";
import { expect, test, vi } from "vitest";
import { hashPassword, verifyPassword } from "./password";

const verified: string[] = [];
vi.mock(import("@node-rs/argon2"), async (original) => {
  const real = await original();
  return {
    ...real,
    verify: (hashed, ...rest) => {
      verified.push(String(hashed));
      return real.verify(hashed, ...rest);
    },
  };
});

test("a stored hash is argon2id with at least 19 MiB and 2 passes, salted anew each time", async () => {
  const [one, two] = await Promise.all([hashPassword("same words"), hashPassword("same words")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(one).not.toContain("same words");
});

test("only the right password fits, also after its first 72 bytes", async () => {
  const stored = await hashPassword(`${"a".repeat(72)} one`);
  expect((await verifyPassword(stored, `${"a".repeat(72)} one`)).ok).toBe(true);
  expect((await verifyPassword(stored, `${"a".repeat(72)} two`)).ok).toBe(false);
});

test("composed and decomposed spelling is the same password", async () => {
  const stored = await hashPassword("caf\u00e9 au lait");
  expect((await verifyPassword(stored, "cafe\u0301 au lait")).ok).toBe(true);
});

test("nobody's password costs one verification with the same parameters, and fails", async () => {
  verified.length = 0;
  const verdict = await verifyPassword(null, "anything at all");
  expect(verdict).toEqual({ ok: false, outdated: false });
  expect(verified).toHaveLength(1);
  expect(verified[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("a hash of weaker parameters fits and is reported for renewal", async () => {
  const weak = await hash("old words here", { memoryCost: 8_192, timeCost: 1 });
  expect(await verifyPassword(weak, "old words here")).toEqual({ ok: true, outdated: true });
  const fresh = await hashPassword("old words here");
  expect(await verifyPassword(fresh, "old words here")).toEqual({ ok: true, outdated: false });
});

test("a damaged hash is a wrong password", async () => {
  expect((await verifyPassword("$argon2id$nonsense", "x")).ok).toBe(false);
});
