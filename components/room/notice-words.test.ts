import { expect, test } from "vitest";
import { noticeWords } from "./notice-words";

const ME = { id: "bo" };
const notice = { type: "mod.notice", by: { id: "ada", name: "Ada" } } as const;

test("of one's own deeds those about people are confirmed, as nothing else shows them", () => {
  const mine = { ...notice, by: { id: "bo" } } as const;
  expect(noticeWords({ ...mine, action: "clear" }, ME)).toBeNull();
  expect(noticeWords({ ...mine, action: "delete", user: { id: "cid" } }, ME)).toBeNull();
  const muted = { ...mine, action: "mute", user: { id: "cid", name: "Cid" } } as const;
  expect(noticeWords(muted, ME)).toEqual({ text: "Cid was muted.", stays: false });
});

test("what concerns oneself stays until it is read, what concerns others goes", () => {
  const deleted = { ...notice, action: "delete", user: { id: "bo" }, reason: "rude" } as const;
  expect(noticeWords(deleted, ME)).toEqual({
    text: "A moderator deleted a message of yours: rude.",
    stays: true,
  });
  const kicked = { ...notice, action: "kick", user: { id: "cid", name: "Cid" } } as const;
  expect(noticeWords(kicked, ME)).toEqual({ text: "Cid was kicked (by Ada).", stays: false });
});

test("a mute of oneself stands beside the composer already", () => {
  expect(noticeWords({ ...notice, action: "mute", user: { id: "bo" } }, ME)).toBeNull();
});

test("a room that cleared itself names nobody", () => {
  expect(noticeWords({ type: "mod.notice", action: "clear" }, ME)?.text).toBe(
    "A moderator cleared what was said here.",
  );
});
