import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Accounts } from "../accounts/port";
import { somebody, temporaryAccounts } from "../accounts/testing";
import { validEnvironment } from "../env/testing";
import type { Role } from "../protocol/values";
import { Refusal } from "./errors";
import { addMember, changeMember, removeMember } from "./members";

const NOW = 1_700_000_000_000;
const ROOM = "closed";
const PEOPLE = ["olga", "mona", "moe", "mia", "rita", "nobody"];
let accounts: Accounts;
let remove: () => void;
let pushed: string[];

beforeEach(async () => {
  ({ accounts, remove } = await temporaryAccounts());
  for (const [name, value] of Object.entries(validEnvironment())) vi.stubEnv(name, value);
  pushed = [];
  vi.stubGlobal("fetch", async (url: string, { body }: { body: string }) => {
    pushed.push(`${new URL(url).pathname} ${body}`);
    return Response.json({});
  });
  for (const id of PEOPLE) await accounts.people.create(somebody(id));
  await accounts.rooms.create(
    { id: ROOM, name: "R", topic: null, visibility: "private", createdAt: NOW },
    "olga",
  );
  const roles: Record<string, Role> = {
    mona: "moderator",
    moe: "moderator",
    mia: "member",
    rita: "reader",
  };
  for (const [id, role] of Object.entries(roles))
    await accounts.rooms.setMember(ROOM, id, role, NOW);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  remove();
});

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const who = (id: string) => ({ id, name: id });
const add = (caller: string, whom: string, role: string, room = ROOM) =>
  codeOf(addMember(accounts, who(caller), room, { email: `${whom}@example.com`, role }, NOW));
const take = (caller: string, whom: string, room = ROOM) =>
  codeOf(removeMember(accounts, who(caller), room, whom, NOW));

test.each([
  ["olga", "nobody", "owner", "done"],
  ["olga", "mona", "member", "done"],
  ["olga", "olga", "member", "conflict"],
  ["mona", "nobody", "member", "done"],
  ["mona", "rita", "member", "done"],
  ["mona", "nobody", "moderator", "forbidden"],
  ["mona", "mona", "owner", "forbidden"],
  ["mona", "moe", "reader", "forbidden"],
  ["mona", "olga", "reader", "forbidden"],
  ["mia", "nobody", "reader", "forbidden"],
  ["nobody", "nobody", "owner", "forbidden"],
  ["olga", "stranger", "member", "not_found"],
])("%s makes %s a %s: %s", async (caller, whom, role, outcome) => {
  const before = await accounts.rooms.memberRole(ROOM, whom);
  expect(await add(caller, whom, role)).toBe(outcome);
  expect(await accounts.rooms.memberRole(ROOM, whom)).toBe(outcome === "done" ? role : before);
  expect(pushed).toHaveLength(outcome === "done" ? 1 : 0);
});

test.each([
  ["olga", "mona", "done"],
  ["olga", "olga", "conflict"],
  ["mona", "mia", "done"],
  ["mona", "moe", "forbidden"],
  ["mona", "olga", "forbidden"],
  ["mia", "rita", "forbidden"],
  ["mia", "mia", "done"],
  ["nobody", "mia", "forbidden"],
  ["nobody", "nobody", "not_found"],
  ["olga", "nobody", "not_found"],
])("%s takes %s out: %s", async (caller, whom, outcome) => {
  expect(await take(caller, whom)).toBe(outcome);
  const there = (await accounts.rooms.memberRole(ROOM, whom)) !== null;
  expect(there).toBe(outcome !== "done" && whom !== "nobody");
  expect(pushed).toEqual(
    outcome === "done"
      ? [`/parties/main/${ROOM}/revoke ${JSON.stringify({ user: whom, reason: "removed" })}`]
      : [],
  );
});

describe("another role, by id", () => {
  const change = (caller: string, user: string, role: string, room = ROOM) =>
    codeOf(changeMember(accounts, who(caller), room, user, { role }, NOW));
  const OPEN = "open";
  beforeEach(async () => {
    const room = {
      id: OPEN,
      name: "R",
      topic: null,
      visibility: "public",
      createdAt: NOW,
    } as const;
    await accounts.rooms.create(room, "olga");
    await accounts.rooms.setMember(OPEN, "mona", "moderator", NOW);
  });

  test.each([
    ["olga", "nobody", "moderator", "done"],
    ["olga", "nobody", "owner", "done"],
    ["mona", "nobody", "reader", "done"],
    ["mona", "nobody", "moderator", "forbidden"],
    ["mona", "olga", "reader", "forbidden"],
    ["mia", "nobody", "reader", "forbidden"],
    ["nobody", "nobody", "owner", "forbidden"],
    ["olga", "ghost", "member", "not_found"],
    ["olga", "nobody", "king", "bad_request"],
  ])("in a public room %s makes the visitor %s a %s: %s", async (caller, user, role, outcome) => {
    const before = await accounts.rooms.memberRole(OPEN, user);
    expect(await change(caller, user, role, OPEN)).toBe(outcome);
    expect(await accounts.rooms.memberRole(OPEN, user)).toBe(outcome === "done" ? role : before);
    expect(pushed).toEqual(
      outcome === "done" ? [`/parties/main/${OPEN}/members ${JSON.stringify({ user, role })}`] : [],
    );
  });

  test("where people are on a list, nobody else gets one", async () => {
    expect(await change("olga", "nobody", "reader")).toBe("not_found");
    expect(await accounts.rooms.memberRole(ROOM, "nobody")).toBeNull();
    expect(await change("olga", "mia", "reader")).toBe("done");
    expect(pushed).toHaveLength(1);
  });

  test("the last owner stays one, and somebody who left an open room is a visitor again", async () => {
    expect(await change("olga", "olga", "member", OPEN)).toBe("conflict");
    expect(await change("olga", "nobody", "reader", OPEN)).toBe("done");
    expect(await take("nobody", "nobody", OPEN)).toBe("done");
    expect(await change("mona", "nobody", "member", OPEN)).toBe("done");
  });
});

test("rooms that are none are not found", async () => {
  for (const room of ["nowhere", "../x", "__proto__"]) {
    expect(await add("olga", "mia", "member", room)).toBe("not_found");
    expect(await take("olga", "mia", room)).toBe("not_found");
  }
});

test("adding somebody who is in already changes nothing where only new people are meant", async () => {
  const given = { email: "mona@example.com", role: "member", onlyNew: true };
  expect(await codeOf(addMember(accounts, who("olga"), ROOM, given, NOW))).toBe("conflict");
  expect(await accounts.rooms.memberRole(ROOM, "mona")).toBe("moderator");
  const fresh = { ...given, email: "nobody@example.com" };
  expect(await codeOf(addMember(accounts, who("olga"), ROOM, fresh, NOW))).toBe("done");
});

test("a wrong address or role is told by field", async () => {
  const given = { email: "x", role: "king" };
  await expect(addMember(accounts, who("olga"), ROOM, given, NOW)).rejects.toMatchObject({
    code: "bad_request",
    details: { fields: { email: expect.any(String), role: expect.any(String) } },
  });
});
