import { describe, expect, it } from "vitest";
import type { Accounts } from "../accounts/port";
import { issueToken } from "../token/issue";
import { parseServerEnv } from "../env/server";
import { validEnvironment } from "../env/testing";
import { banPerson, bansIn, unbanPerson } from "./bans";
import { invitesOf, makeInvite, revokeInvite } from "./invites";
import { addMember, changeMember, removeMember } from "./members";
import { logOf, reportsIn, settleReport } from "./room-log";
import { changeRoom, clearRoom, deleteRoom, membersOf, transferRoom } from "./rooms";
import { KINDS, NOW, outcomeOf, PEOPLE, useRooms, who, type Kind } from "./testing/rooms";

const rooms = useRooms();

type Ask = (accounts: Accounts, caller: ReturnType<typeof who>, room: string) => Promise<unknown>;
/** Letters of those who are granted it, by the kind of room: Owner, Moderator, member, reader, stranger. */
interface Row {
  ask: Ask;
  /** In a public, private or invite-only room; "s" counts for the public one only. */
  open: string;
  archived: string;
}
const change =
  (given: object): Ask =>
  (accounts, caller, room) =>
    changeRoom(accounts, caller, room, { ...given }, NOW);

const TABLE: Record<string, Row> = {
  "list the members": {
    ask: (a, c, r) => membersOf(a, c, r, NOW),
    open: "OMmrs",
    archived: "OMmr",
  },
  "add a member": {
    ask: (a, c, r) => addMember(a, c, r, { email: "other@example.com", role: "member" }, NOW),
    ...{ open: "OM", archived: "" },
  },
  "add a moderator": {
    ask: (a, c, r) => addMember(a, c, r, { email: "other@example.com", role: "moderator" }, NOW),
    ...{ open: "O", archived: "" },
  },
  "make a reader of a member": {
    ask: (a, c, r) =>
      changeMember(a, c, r, c.id === "member" ? "reader" : "member", { role: "reader" }, NOW),
    ...{ open: "OM", archived: "" },
  },
  "make a moderator of a member": {
    ask: (a, c, r) => changeMember(a, c, r, "member", { role: "moderator" }, NOW),
    ...{ open: "O", archived: "" },
  },
  "remove a reader": {
    ask: (a, c, r) => removeMember(a, c, r, c.id === "reader" ? "member" : "reader", NOW),
    ...{ open: "OM", archived: "OM" },
  },
  "remove an owner": {
    ask: (a, c, r) =>
      removeMember(a, { ...c, id: c.id === "owner" ? "nobody" : c.id }, r, "owner", NOW),
    ...{ open: "", archived: "" },
  },
  "ban a member": {
    ask: (a, c, r) => banPerson(a, c, r, { user: c.id === "member" ? "reader" : "member" }, NOW),
    ...{ open: "OM", archived: "" },
  },
  "ban a moderator": {
    ask: (a, c, r) => banPerson(a, c, r, { user: "moderator" }, NOW),
    ...{ open: "O", archived: "" },
  },
  "ban an owner": {
    ask: (a, c, r) => banPerson(a, c, r, { user: "owner" }, NOW),
    open: "",
    archived: "",
  },
  "lift a ban": { ask: (a, c, r) => unbanPerson(a, c, r, "banned", NOW), open: "OM", archived: "" },
  "see who is banned": { ask: (a, c, r) => bansIn(a, c, r, NOW), open: "OM", archived: "OM" },
  "invite members": { ask: (a, c, r) => makeInvite(a, c, r, {}, NOW), open: "OM", archived: "" },
  "invite moderators": {
    ask: (a, c, r) => makeInvite(a, c, r, { role: "moderator" }, NOW),
    ...{ open: "O", archived: "" },
  },
  "list the invitations": { ask: (a, c, r) => invitesOf(a, c, r, NOW), open: "OM", archived: "" },
  "revoke an invitation": {
    ask: async (a, c, r) => {
      const made = {
        id: `i-${r}-${c.id}`,
        codeHash: `${r} ${c.id}`,
        room: r,
        role: "member",
        createdBy: "owner",
      } as const;
      const line = { room: r, at: NOW, action: "invite", by: c };
      await a.invites.create({ ...made, createdAt: NOW, expiresAt: NOW + 1, maxUses: 1 }, line);
      await revokeInvite(a, c, r, `i-${r}-${c.id}`, NOW);
    },
    ...{ open: "OM", archived: "" },
  },
  "change the topic": { ask: change({ topic: "T" }), open: "OM", archived: "" },
  "make it slow": { ask: change({ slowSeconds: 5 }), open: "OM", archived: "" },
  "rename it": { ask: change({ name: "N" }), open: "O", archived: "" },
  "change who sees it": { ask: change({ visibility: "public" }), open: "O", archived: "" },
  "set how long messages stay": { ask: change({ retentionDays: 9 }), open: "O", archived: "" },
  "archive it, or open it again": { ask: change({ archived: false }), open: "O", archived: "O" },
  "rename and slow it at once": {
    ask: change({ name: "N", slowSeconds: 5 }),
    open: "O",
    archived: "",
  },
  "clear what was said": { ask: (a, c, r) => clearRoom(a, c, r, {}, NOW), open: "O", archived: "" },
  "hand it over": {
    ask: (a, c, r) => transferRoom(a, c, r, { user: "moderator" }, NOW),
    ...{ open: "O", archived: "O" },
  },
  "delete it": {
    ask: (a, c, r) => deleteRoom(a, c, r, { confirm: r }, NOW),
    open: "O",
    archived: "O",
  },
  "see the reports": {
    ask: (a, c, r) => reportsIn(a, c, r, new URLSearchParams(), NOW),
    ...{ open: "OM", archived: "OM" },
  },
  "delete what was reported": {
    ask: (a, c, r) => settleReport(a, { ...c, admin: false }, r, "1", { seq: 1 }, NOW),
    ...{ open: "OM", archived: "" },
  },
  "read the log": { ask: (a, c, r) => logOf(a, c, r, NOW), open: "O", archived: "O" },
};
const LETTER = { owner: "O", moderator: "M", member: "m", reader: "r", stranger: "s", banned: "-" };

function expected(row: Row, kind: Kind, person: (typeof PEOPLE)[number]): boolean {
  if (kind === "direct") return person === "member" && row.open.includes("m");
  const letters = kind === "archived" ? row.archived : row.open;
  return letters.includes(LETTER[person]) && (person !== "stranger" || kind === "public");
}

describe.each(KINDS)("in a room of kind %s", (kind) => {
  it.each(Object.keys(TABLE))("%s", async (what) => {
    const row = TABLE[what] as Row;
    rooms.partyAnswers = () => Response.json({ ok: true, entries: [], hasMore: false });
    const outcomes: Record<string, boolean> = {};
    let room: string | null = null;
    for (const person of PEOPLE.toReversed()) {
      // Another one after each deed, so that nobody acts in a room that somebody has changed.
      room ??= await rooms.room(kind);
      rooms.told.length = 0;
      const outcome = await outcomeOf(row.ask(rooms.accounts, who(person), room));
      outcomes[person] = outcome === "done";
      // Who is refused has told the party nothing.
      if (outcome === "done") room = null;
      else expect([person, rooms.told]).toEqual([person, []]);
    }
    const wanted = PEOPLE.map((person) => [person, expected(row, kind, person)]);
    expect(outcomes).toEqual(Object.fromEntries(wanted));
  });
});

describe("a token", () => {
  const env = parseServerEnv(validEnvironment());
  const now = Date.now();
  const ask = async (person: string, room: string) => {
    const sid = `${person}-of-${room}`;
    const session = { id: sid, userId: person, createdAt: now, expiresAt: now + 9e6, device: "" };
    await rooms.accounts.sessions.create(session);
    const bearer = { ...who(person), picture: null, sessionId: sid, sessionExpiresAt: now + 9e6 };
    const order = { room, use: "connect" } as const;
    const { token } = await issueToken(order, bearer, { accounts: rooms.accounts, env, now });
    return JSON.parse(atob(token.split(".")[1] ?? "")).role as string;
  };
  it.each([
    ["public", ["owner", "moderator", "member", "reader", "member", "forbidden"]],
    ["private", ["owner", "moderator", "member", "reader", "forbidden", "forbidden"]],
    ["invite", ["owner", "moderator", "member", "reader", "forbidden", "forbidden"]],
    ["archived", ["reader", "reader", "reader", "reader", "forbidden", "forbidden"]],
    ["direct", ["forbidden", "forbidden", "member", "forbidden", "forbidden", "forbidden"]],
  ] as const)(
    "for a room of kind %s carries the role, and who may not enter gets none",
    async (kind, roles) => {
      const room = await rooms.room(kind);
      const got = [];
      for (const person of PEOPLE) {
        got.push(await ask(person, room).catch((error: { code?: string }) => error.code));
      }
      expect(got).toEqual(roles);
    },
  );

  it("is refused to somebody banned with the reason, and to everybody once the room is gone", async () => {
    const room = await rooms.room("public");
    await expect(ask("banned", room)).rejects.toMatchObject({
      code: "forbidden",
      details: { ban: { until: null, reason: "Spam" } },
    });
    await deleteRoom(rooms.accounts, who("owner"), room, { confirm: room }, NOW);
    await expect(ask("owner", room)).rejects.toMatchObject({ code: "not_found" });
  });
});
