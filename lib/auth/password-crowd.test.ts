import { expect, test, vi } from "vitest";
import { Busy } from "../api/queue";
import { hashPassword, verifyPassword } from "./password";

/** Work that is under way, and what ends it. */
const working: (() => void)[] = [];
const work = <T>(result: T) => new Promise<T>((done) => working.push(() => done(result)));
vi.mock(import("@node-rs/argon2"), async (original) => ({
  ...(await original()),
  verify: () => work(false),
  hash: () => work("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA"),
}));

test("a crowd that signs in or up is hashed two at a time, 256 wait, and one more is busy at once", async () => {
  const crowd = Array.from({ length: 258 }, (_, index) =>
    index % 2 ? hashPassword("words") : verifyPassword("$argon2id$x", "words"),
  );
  await vi.waitFor(() => expect(working).toHaveLength(2));
  await expect(verifyPassword("$argon2id$x", "words")).rejects.toBeInstanceOf(Busy);
  await expect(hashPassword("words")).rejects.toBeInstanceOf(Busy);
  let ended = 0;
  for (const one of crowd) void one.then(() => ended++);
  for (let at = 0; at < crowd.length; at++) {
    await vi.waitFor(() => expect(working.length).toBeGreaterThan(at));
    expect(working.length - ended).toBeLessThanOrEqual(2);
    working[at]?.();
    await crowd[at];
  }
  await Promise.all(crowd);
  // The line is empty again.
  void hashPassword("words");
  await vi.waitFor(() => expect(working).toHaveLength(259));
});
