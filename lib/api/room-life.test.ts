import { describe, expect, it } from "vitest";
import { MAX_REASON_CHARACTERS } from "../protocol/limits";
import { banPerson, unbanPerson } from "./bans";
import { directRoom, hide, openDirect } from "./direct";
import { acceptInvite, lookAtInvite, makeInvite, revokeInvite } from "./invites";
import { removeMember } from "./members";
import { exported, firstLines, logOf } from "./room-log";
import { changeRoom, deleteRoom, membersOf, transferRoom } from "./rooms";
import { NOW, outcomeOf, useRooms, who } from "./testing/rooms";

const rooms = useRooms();
const role = (room: string, user: string) => rooms.accounts.rooms.memberRole(room, user);
const access = (user: string, room: string, now = NOW) =>
  rooms.accounts.rooms.access(user, room, now);

describe("an invitation", () => {
  const make = (room: string, given = {}) =>
    makeInvite(rooms.accounts, who("moderator"), room, given, NOW);
  const accept = (user: string, code: string, now = NOW) =>
    acceptInvite(rooms.accounts, who(user), code, now);
  const refused = (user: string, code: string, now = NOW) => outcomeOf(accept(user, code, now));

  it("lets one person in with its role, once, and its code is kept nowhere", async () => {
    const room = await rooms.room("invite");
    const { code, path, id } = await make(room, { role: "reader" });
    expect([code.length, path]).toEqual([32, `/invite/${code}`]);
    expect(JSON.stringify(await rooms.accounts.invites.list(room, NOW))).not.toContain(code);
    expect(await lookAtInvite(rooms.accounts, who("stranger"), code, NOW)).toMatchObject({
      ...{ room: { id: room, name: room }, role: "reader", member: null },
    });
    expect(await accept("stranger", code)).toEqual({ room, role: "reader" });
    expect(await role(room, "stranger")).toBe("reader");
    expect(rooms.told).toMatchObject([{ room, path: "members", body: { user: "stranger" } }]);
    expect(await refused("other", code)).toBe("not_found");
    expect(await accept("stranger", code)).toEqual({ room, role: "reader" });
    expect((await rooms.accounts.invites.list(room, NOW)).map((one) => one.id)).not.toContain(id);
  });

  it("names who made it, while they are on the list, have an account and neither hides the other", async () => {
    const room = await rooms.room("private");
    const { code } = await make(room);
    const from = async (person = "stranger") =>
      (await lookAtInvite(rooms.accounts, who(person), code, NOW)).from;
    const named = { id: "moderator", name: "moderator", picture: null };
    expect(await from()).toEqual(named);
    for (const [one, other] of [
      ["stranger", "moderator"],
      ["moderator", "stranger"],
    ] as const) {
      await rooms.accounts.hidden.add(one, other, NOW);
      expect([await from(), await from("other")]).toEqual([null, named]);
      await rooms.accounts.hidden.remove(one, other);
    }
    await rooms.accounts.people.disable("moderator", NOW);
    expect(await from()).toBeNull();
    await rooms.accounts.people.enable("moderator");
    expect(await from()).toEqual(named);
    await rooms.accounts.rooms.removeMember(room, "moderator");
    expect(await from()).toBeNull();
  });

  it("of five uses lets five of ten in who come at once", async () => {
    const room = await rooms.room("private");
    const { code } = await make(room, { maxUses: 2 });
    const people = ["stranger", "other", "stranger", "other"];
    for (const id of ["p1", "p2", "p3", "p4", "p5", "p6"]) {
      const person = { id, email: `${room}${id}@x.example`, name: id, picture: null };
      await rooms.accounts.people.create({ ...person, passwordHash: null, createdAt: NOW });
      people.push(id);
    }
    const outcomes = await Promise.all(people.map((id) => refused(id, code)));
    expect(await rooms.accounts.invites.list(room, NOW)).toEqual([]);
    const members = (await rooms.accounts.rooms.members(room)).map(({ id }) => id);
    const invited = new Set(people.filter((id) => members.includes(id)));
    expect(invited.size).toBe(2);
    expect(outcomes.filter((one) => one === "done").length).toBeGreaterThanOrEqual(2);
  });

  it("is of no use to who is banned, after its end, once revoked, and in an archived or deleted room", async () => {
    const room = await rooms.room("private");
    const { code, id } = await make(room, { maxUses: 9, expiresInSeconds: 60 });
    expect(await refused("banned", code)).toBe("forbidden");
    expect(await refused("other", code, NOW + 60_000)).toBe("not_found");
    expect(await refused("other", code.replace(/^./, "~"))).toBe("not_found");
    expect(await refused("other", "x".repeat(32))).toBe("not_found");
    const owner = who("owner");
    await changeRoom(rooms.accounts, owner, room, { archived: true }, NOW);
    expect(await refused("other", code)).toBe("not_found");
    await changeRoom(rooms.accounts, owner, room, { archived: false }, NOW);
    await revokeInvite(rooms.accounts, who("moderator"), room, id, NOW);
    expect(await refused("other", code)).toBe("not_found");
    const second = await make(room);
    await deleteRoom(rooms.accounts, owner, room, { confirm: room }, NOW);
    expect(await refused("other", second.code)).toBe("not_found");
    expect(await role(room, "other")).toBeNull();
  });

  it.each([
    [{ role: "owner" }],
    [{ role: "king" }],
    [{ maxUses: 0 }],
    [{ maxUses: 1.5 }],
    [{ expiresInSeconds: 59 }],
    [{ expiresInSeconds: 1e12 }],
    [{ expiresInSeconds: "60" }],
  ])("is not made of %j", async (given) => {
    expect(await outcomeOf(make(await rooms.room("private"), given))).toBe("bad_request");
  });
});

describe("a ban", () => {
  it("holds in the database until its end, is told to the room, and ends by itself or by a word", async () => {
    const room = await rooms.room("public");
    const given = { user: "member", seconds: 60, reason: "Calm down" };
    await banPerson(rooms.accounts, who("moderator"), room, given, NOW);
    const ban = { until: NOW + 60_000, reason: "Calm down" };
    expect(await access("member", room)).toEqual({ ban });
    expect(await access("member", room, NOW + 60_000)).toMatchObject({ role: "member" });
    const by = { id: "moderator", name: "moderator" };
    expect(rooms.told).toEqual([
      { room, path: "sanctions", body: { action: "ban", ...given, by } },
    ]);
    await unbanPerson(rooms.accounts, who("moderator"), room, "member", NOW);
    expect(await access("member", room)).toMatchObject({ role: "member" });
    expect(rooms.told[1]?.body).toMatchObject({ action: "unban", user: "member" });
  });

  it.each([
    [{ user: "nobody" }, "not_found"],
    [{}, "not_found"],
    [{ user: "member", seconds: 0 }, "bad_request"],
    [{ user: "member", seconds: 1e9 }, "bad_request"],
    [{ user: "member", reason: "x".repeat(MAX_REASON_CHARACTERS + 1) }, "bad_request"],
    [{ user: "member", reason: "two\nlines" }, "bad_request"],
    [{ user: "owner" }, "forbidden"],
  ])("of %j is %s", async (given, code) => {
    const room = await rooms.room("public");
    const ban = banPerson(rooms.accounts, who("owner"), room, given, NOW);
    expect(await outcomeOf(ban)).toBe(code);
    expect(rooms.told).toEqual([]);
  });
});

describe("a room", () => {
  it("that is deleted is gone for everybody, tells its party, and its name stays taken", async () => {
    const room = await rooms.room("public");
    const owner = who("owner");
    for (const confirm of [undefined, true, `${room} `]) {
      const attempt = deleteRoom(rooms.accounts, owner, room, { confirm }, NOW);
      expect(await outcomeOf(attempt)).toBe("bad_request");
    }
    await deleteRoom(rooms.accounts, owner, room, { confirm: room }, NOW);
    expect(rooms.told).toEqual([{ room, path: "settings", body: { gone: true } }]);
    expect(await access("owner", room)).toBe("not_found");
    const seen = (await rooms.accounts.rooms.visibleTo("owner", NOW)).map(({ room: { id } }) => id);
    expect(seen).not.toContain(room);
    const again = { id: room, name: "x", topic: null, visibility: "public", createdAt: 1 } as const;
    expect(await rooms.accounts.rooms.create(again, "other")).toBe("conflict");
  });

  it("that is archived says so to its party and gives the roles back when it is opened", async () => {
    const room = await rooms.room("private");
    await changeRoom(rooms.accounts, who("owner"), room, { archived: true }, NOW);
    expect(rooms.told).toEqual([{ room, path: "settings", body: { archived: true } }]);
    expect(await access("owner", room)).toMatchObject({ role: "reader", standing: "owner" });
    await changeRoom(rooms.accounts, who("owner"), room, { archived: false }, NOW);
    expect(await access("owner", room)).toMatchObject({ role: "owner" });
  });

  it("that becomes private sends away who is not on its list, and nobody else", async () => {
    const room = await rooms.room("public");
    const { sessions, mints } = rooms.accounts;
    for (const userId of ["stranger", "member"]) {
      const id = `${userId}-${room}`;
      await sessions.create({ id, userId, createdAt: NOW, expiresAt: NOW + 9e6, device: "" });
      await mints.record(id, room, NOW + 60_000, NOW);
    }
    await changeRoom(rooms.accounts, who("owner"), room, { visibility: "invite" }, NOW);
    expect(rooms.told).toEqual([
      { room, path: "revoke", body: { user: "stranger", reason: "removed" } },
    ]);
    const listed = (await rooms.accounts.rooms.listedFor("stranger")).map(({ id }) => id);
    expect(listed).toContain(room);
    expect(await access("stranger", room)).toBe("forbidden");
  });

  it("whose settings the party does not take keeps the old ones", async () => {
    const room = await rooms.room("private");
    rooms.partyAnswers = () => new Response(null, { status: 503 });
    const both = { slowSeconds: 5, name: "New" };
    const attempt = changeRoom(rooms.accounts, who("owner"), room, both, NOW);
    expect(await outcomeOf(attempt)).toBe("unavailable");
    expect(await rooms.accounts.rooms.about(room)).toMatchObject({ name: room });
  });

  it.each([
    [{}],
    [{ name: "" }],
    [{ name: "Gener\u0430l" }],
    [{ visibility: "secret" }],
    [{ archived: "yes" }],
    [{ slowSeconds: -1 }],
    [{ slowSeconds: 1e9 }],
    [{ retentionDays: 0 }],
    [{ topic: "x".repeat(201) }],
  ])("is not changed by %j", async (given) => {
    const room = await rooms.room("private");
    expect(await outcomeOf(changeRoom(rooms.accounts, who("owner"), room, given, NOW))).toBe(
      "bad_request",
    );
  });

  it("changes hands in one go: the heir owns, the other moderates, and never nobody", async () => {
    const room = await rooms.room("private");
    const hand = (caller: string, user: string) =>
      outcomeOf(transferRoom(rooms.accounts, who(caller), room, { user }, NOW));
    expect(await hand("owner", "stranger")).toBe("not_found");
    expect(await hand("owner", "owner")).toBe("conflict");
    const both = await Promise.all([hand("owner", "member"), hand("owner", "reader")]);
    expect(both.filter((one) => one === "done")).toHaveLength(1);
    const { members } = await membersOf(rooms.accounts, who("owner"), room, NOW);
    expect(members.filter((one) => one.role === "owner")).toHaveLength(1);
    expect(await role(room, "owner")).toBe("moderator");
  });

  it("keeps its last owner", async () => {
    const room = await rooms.room("private");
    const leave = () => outcomeOf(removeMember(rooms.accounts, who("owner"), room, "owner", NOW));
    expect(await leave()).toBe("conflict");
    await transferRoom(rooms.accounts, who("owner"), room, { user: "member" }, NOW);
    expect(await leave()).toBe("done");
  });
});

describe("two people", () => {
  it("have one room, by whoever opens it, under the other one's name; neither leaves nor rules", async () => {
    const [one, other] = ["stranger", "reader"];
    const open = (id: string, given: object) =>
      openDirect(rooms.accounts, who(id), { ...given }, NOW);
    const { id } = await open(one, { user: other });
    expect(await open(other, { email: `${one}@example.com` })).toEqual({ id });
    expect(id).toBe(directRoom(other, one));
    expect(await access(one, id)).toMatchObject({ room: { name: other, direct: true } });
    expect(await access("member", id)).toBe("forbidden");
    expect(await outcomeOf(removeMember(rooms.accounts, who(one), id, one, NOW))).toBe("conflict");
    expect(await outcomeOf(open(one, { user: one }))).toBe("bad_request");
    expect(await outcomeOf(open(one, { user: "nobody" }))).toBe("not_found");
  });

  it("of whom one hides the other write no more, at once, until that is taken back", async () => {
    const [one, other] = ["stranger", "moderator"];
    const { id } = await openDirect(rooms.accounts, who(one), { user: other }, NOW);
    rooms.told.length = 0;
    await hide(rooms.accounts, who(other), one, true, NOW);
    const told = () => rooms.told.map(({ body }) => `${body.user} ${body.role}`).sort();
    expect(told()).toEqual(["moderator reader", "stranger reader"]);
    for (const person of [one, other]) {
      expect(await access(person, id)).toMatchObject({ role: "reader" });
    }
    const again = openDirect(rooms.accounts, who(one), { user: other }, NOW);
    expect(await outcomeOf(again)).toBe("forbidden");
    expect(await rooms.accounts.hidden.list(other)).toMatchObject([{ id: one, name: one }]);
    expect(await rooms.accounts.hidden.list(one)).toEqual([]);
    rooms.told.length = 0;
    await hide(rooms.accounts, who(other), one, false, NOW);
    expect(told()).toEqual(["moderator member", "stranger member"]);
    expect(await outcomeOf(hide(rooms.accounts, who(one), "nobody", true, NOW))).toBe("not_found");
  });
});

describe("the log", () => {
  it("is what the app did and what the room did, by time, and as a file all of it", async () => {
    const room = await rooms.room("private");
    const pages: Record<string, object> = {
      null: {
        entries: [
          { n: 2, at: NOW + 20, action: "mute", user: { id: "member" }, reason: "=1+1" },
          { n: 1, at: NOW + 5, action: "kick", by: { id: "owner", name: 'O "the" one' } },
        ],
        hasMore: false,
      },
    };
    rooms.partyAnswers = () => Response.json(pages.null);
    const owner = who("owner");
    await changeRoom(rooms.accounts, owner, room, { topic: "T" }, NOW + 10);
    await banPerson(rooms.accounts, owner, room, { user: "member", reason: "R" }, NOW + 30);
    const read = () => logOf(rooms.accounts, owner, room, NOW);
    const lines = await firstLines(await read(), 50);
    expect(lines.map(({ action, where }) => `${action} ${where}`)).toEqual([
      "ban app",
      "mute room",
      "change app",
      "kick room",
      "set-up app",
    ]);
    const jsonl = await new Response(exported(await read(), "jsonl")).text();
    expect(
      jsonl
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(lines);
    const csv = (await new Response(exported(await read(), "csv")).text()).split("\r\n");
    expect(csv).toHaveLength(7);
    expect(csv[2]).toContain("'=1+1");
    expect(csv[4]).toContain('"O ""the"" one"');
    await expect(firstLines(await read(), 2)).resolves.toHaveLength(2);
  });

  it("is not told in part where the room does not answer", async () => {
    const room = await rooms.room("private");
    rooms.partyAnswers = () => new Response(null, { status: 503 });
    const log = logOf(rooms.accounts, who("owner"), room, NOW);
    expect(await outcomeOf(log)).toBe("unavailable");
  });
});
