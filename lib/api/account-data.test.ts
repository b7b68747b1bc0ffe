import { describe, expect, it } from "vitest";
import { endPersonsSessions, peoplePage } from "./admin";
import { exportAccount } from "./account-export";
import { finishErasures } from "./erasures";
import { NOW, outcomeOf, useRooms, who } from "./testing/rooms";

const rooms = useRooms();
const LATER = NOW + 1_000;

/** A person of their own for each test, who has been in a public room. */
let count = 0;
async function newcomer(room: string): Promise<string> {
  const { people, sessions, mints } = rooms.accounts;
  const id = `new-${++count}`;
  const person = { id, email: `${id}@example.com`, name: `New ${count}`, picture: null };
  await people.create({ ...person, passwordHash: null, createdAt: NOW });
  const session = { id: `s-${id}`, userId: id, createdAt: NOW, expiresAt: NOW + 9e6 };
  await sessions.create({ ...session, device: "Browser" });
  await mints.record(`s-${id}`, room, NOW + 1, NOW);
  return id;
}

describe("the export of one's own data", () => {
  const read = async (id: string) => {
    const person = await rooms.accounts.people.byId(id);
    if (!person) throw new Error("nobody");
    return JSON.parse(await new Response(exportAccount(rooms.accounts, person, LATER)).text());
  };
  const message = (seq: number, user: string) => {
    return { seq, id: `m${seq}`, user: { id: user, name: user }, text: `text ${seq}`, ts: NOW };
  };

  it("holds profile, sessions, rooms, hidden people and every message, page after page", async () => {
    const [open, own] = [await rooms.room("public"), await rooms.room("private")];
    const id = await newcomer(open);
    await rooms.accounts.rooms.setMember(own, id, "reader", NOW);
    await rooms.accounts.hidden.add(id, "other", NOW);
    const asked: string[] = [];
    rooms.partyAnswers = ({ room }) => {
      asked.push(room);
      const isFirst = asked.filter((one) => one === room).length === 1;
      const messages = [message(isFirst ? 150 : 7, id)];
      return Response.json({ messages, ...(isFirst && room === open && { next: 100 }) });
    };
    const data = await read(id);
    expect(data).toMatchObject({
      exportedAt: LATER,
      profile: { id, email: `${id}@example.com`, hasPassword: false },
      sessions: [{ device: "Browser" }],
      rooms: [{ room: own, role: "reader" }],
      hidden: [{ id: "other" }],
      unread: [],
    });
    expect(data.messages).toHaveLength(3);
    expect(data.messages).toContainEqual({
      ...{ room: open, seq: 7, id: "m7", text: "text 7", ts: NOW },
    });
    expect(JSON.stringify(data)).not.toMatch(/s-new|password_hash/);
  });

  it("names the rooms that could not be read instead of passing them over", async () => {
    const open = await rooms.room("public");
    const id = await newcomer(open);
    rooms.partyAnswers = () => new Response(null, { status: 503 });
    expect(await read(id)).toMatchObject({ messages: [], unread: [open] });
  });
});

describe("the end of an account", () => {
  const remove = async (messages?: "keep" | "anonymise" | "erase") => {
    const open = await rooms.room("public");
    const id = await newcomer(open);
    await rooms.accounts.people.remove(id, LATER, messages);
    return { open, id };
  };

  it("leaves what was written as it is, unless something else was chosen", async () => {
    const { id } = await remove();
    expect(await rooms.accounts.erasures.of(id)).toEqual([]);
  });

  it.each(["anonymise", "erase"] as const)(
    "with %s is told to each room until it confirms, by the next start of the app at the latest",
    async (how) => {
      const { id, open } = await remove(how);
      expect(await rooms.accounts.erasures.of(id)).toEqual([{ room: open, userId: id, how }]);
      rooms.partyAnswers = () => Response.json({ ok: true });
      await finishErasures(rooms.accounts);
      const mine = rooms.told.filter(({ room }) => room === open);
      expect(mine).toEqual([{ room: open, path: "forget", body: { user: id, messages: how } }]);
      expect(await rooms.accounts.erasures.of(id)).toEqual([]);
    },
  );
});

describe("an admin", () => {
  const admin = { ...who("root"), admin: true };

  it("sees everybody page by page, finds by name and address, and nobody else does", async () => {
    const ask = (query: string) =>
      peoplePage(rooms.accounts, admin, new URLSearchParams(query), NOW);
    const seen: string[] = [];
    let after = "";
    for (let page = 0; page < 20; page++) {
      const { people, next } = await ask(`limit=3${after}`);
      seen.push(...people.map(({ id }) => id));
      if (next === null) break;
      after = `&after=${next}`;
    }
    const all = (await ask("limit=100")).people.map(({ id }) => id);
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
    expect(all).toEqual(expect.arrayContaining(["owner", "other", "stranger"]));
    expect((await ask("search=STRANGER@")).people).toMatchObject([
      { id: "stranger", email: "stranger@example.com", disabled: false, sessions: 0 },
    ]);
    expect((await ask("search=%25")).people).toEqual([]);
    for (const query of ["limit=0", "limit=101", "limit=x", `search=${"x".repeat(101)}`]) {
      expect(await outcomeOf(ask(query))).toBe("bad_request");
    }
    const asMember = peoplePage(rooms.accounts, who("owner"), new URLSearchParams(), NOW);
    expect(await outcomeOf(asMember)).toBe("forbidden");
  });

  it("signs somebody out everywhere, with their sockets", async () => {
    const open = await rooms.room("public");
    const id = await newcomer(open);
    const now = Date.now();
    for (const sid of ["one", "two"]) {
      const session = { id: `${id}-${sid}`, userId: id, createdAt: now, expiresAt: now + 9e6 };
      await rooms.accounts.sessions.create({ ...session, device: "" });
      await rooms.accounts.mints.record(`${id}-${sid}`, open, now + 60_000, now);
    }
    expect(await endPersonsSessions(rooms.accounts, admin, id)).toEqual({ ended: 2 });
    expect(rooms.told.map(({ path, body }) => `${path} ${body.sid}`).sort()).toEqual([
      `revoke ${id}-one`,
      `revoke ${id}-two`,
    ]);
    expect(await rooms.accounts.sessions.list(id, now)).toEqual([]);
    for (const [caller, whom, code] of [
      [who("owner"), id, "forbidden"],
      [admin, "nobody", "not_found"],
    ] as const) {
      expect(await outcomeOf(endPersonsSessions(rooms.accounts, caller, whom))).toBe(code);
    }
  });
});
