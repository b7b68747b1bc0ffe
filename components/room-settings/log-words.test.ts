import { expect, it } from "vitest";
import { untilTime } from "../ui/until";
import { logWords } from "./log-words";

const NOW = Date.UTC(2026, 10, 28, 12);
const LATER = NOW + 3_600_000;
const at = untilTime(LATER, NOW);
const user = { id: "bo", name: "Bo" };
const json = (value: object) => JSON.stringify(value);

it.each([
  [{ action: "ban", user, until: LATER, reason: "spam" }, `banned Bo until ${at}: spam`],
  [{ action: "ban", user }, "banned Bo for good"],
  [{ action: "unban", user: { id: "bo" } }, "lifted the ban of bo"],
  [{ action: "kick", user, until: LATER }, `kicked Bo until ${at}`],
  [{ action: "mute", user }, "muted Bo"],
  [{ action: "unmute", user }, "let Bo write again"],
  [{ action: "delete", user, reason: "rude" }, "deleted a message of Bo: rude"],
  [{ action: "slow", seconds: 90 }, "set slow mode: one message every 1:30"],
  [{ action: "slow", seconds: 0 }, "switched slow mode off"],
  [{ action: "clear" }, "cleared what was said here"],
  [{ action: "resolve_report", detail: "7" }, "settled a report"],
  [
    { action: "invite", detail: json({ role: "reader", maxUses: 5, expiresAt: LATER }) },
    `made a link that lets in as reader, for 5 people, until ${at}`,
  ],
  [{ action: "invite", detail: "{" }, "made a link that lets in as member"],
  [{ action: "revoke_invite", detail: "x" }, "revoked an invite link"],
  [{ action: "join_by_invite" }, "came in by an invite link"],
  [
    { action: "change", detail: json({ name: "Hall", topic: null, visibility: "invite" }) },
    "renamed the room “Hall”, took the topic away, made the room invite-only",
  ],
  [{ action: "change", detail: json({ archived: false }) }, "opened the room again"],
  [
    { action: "change", detail: json({ slowSeconds: 5, retentionDays: 1 }) },
    "set slow mode: one message every 5 s, had messages kept for 1 day",
  ],
  [{ action: "change", detail: json({ retentionDays: null }) }, "had messages kept for ever"],
  [{ action: "change", detail: json({ to_come: 1 }) }, "changed the room"],
  [{ action: "add_member", user, detail: "moderator" }, "added Bo as moderator"],
  [{ action: "change_role", user, detail: "member to owner" }, "made Bo owner (was member)"],
  [{ action: "remove_member", user }, "took Bo out of the room"],
  [{ action: "leave", user }, "left the room"],
  [{ action: "transfer", user }, "handed the room to Bo"],
  [{ action: "some_new_deed", user, detail: "x" }, "some new deed Bo (x)"],
])("%j reads: %s", (line, words) => {
  expect(logWords({ at: NOW, ...line }, NOW)).toBe(words);
});
