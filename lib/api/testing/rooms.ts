import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import type { Accounts, Visibility } from "../../accounts/port";
import { somebody, temporaryAccounts } from "../../accounts/testing";
import { validEnvironment } from "../../env/testing";
import { Refusal } from "../errors";
import { directRoom } from "../direct";

export const NOW = 1_700_000_000_000;
export const PEOPLE = ["owner", "moderator", "member", "reader", "stranger", "banned"] as const;
export type Somebody = (typeof PEOPLE)[number] | "other";
export const KINDS = ["public", "private", "invite", "archived", "direct"] as const;
export type Kind = (typeof KINDS)[number];

export interface Told {
  room: string;
  path: string;
  body: Record<string, unknown>;
}

/** People, rooms of every kind, and a party that hears what it is told; for tests. */
export interface Rooms {
  accounts: Accounts;
  /** What the app said to the party in this test. */
  told: Told[];
  partyAnswers: (told: Told) => Response;
  /** A room of its own with one person of each role, and somebody banned. */
  room(kind: Kind): Promise<string>;
}

export const who = (id: string) => ({ id, name: id, admin: false });

/** Registers set-up and clean-up; one database for the file, as every test has rooms of its own. */
export function useRooms(): Rooms {
  const rooms = { told: [], room } as unknown as Rooms;
  let remove: () => void;
  let count = 0;
  beforeAll(async () => {
    const { accounts, ...rest } = await temporaryAccounts();
    ({ remove } = rest);
    rooms.accounts = accounts;
    for (const id of [...PEOPLE, "other"]) await accounts.people.create(somebody(id));
  });
  beforeEach(() => {
    for (const [name, value] of Object.entries(validEnvironment())) vi.stubEnv(name, value);
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    rooms.told = [];
    rooms.partyAnswers = () => Response.json({ ok: true });
    vi.stubGlobal("fetch", async (url: string, init?: { body?: string }) => {
      const [, , , name = "", ...path] = new URL(url).pathname.split("/");
      const body = init?.body ? JSON.parse(init.body) : {};
      const told = { room: name, path: path.join("/"), body };
      rooms.told.push(told);
      return rooms.partyAnswers(told);
    });
    return () => {
      vi.unstubAllEnvs();
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
    };
  });
  afterAll(() => remove());

  async function room(kind: Kind): Promise<string> {
    const { accounts } = rooms;
    if (kind === "direct") {
      const id = directRoom("member", "other");
      await accounts.rooms.openDirect(id, ["member", "other"], NOW);
      return id;
    }
    const id = `${kind}-${++count}`;
    const visibility: Visibility = kind === "archived" ? "private" : kind;
    await accounts.rooms.create({ id, name: id, topic: null, visibility, createdAt: NOW }, "owner");
    for (const role of ["moderator", "member", "reader"] as const) {
      await accounts.rooms.setMember(id, role, role, NOW);
    }
    await accounts.rooms.setMember(id, "banned", "moderator", NOW);
    const line = { room: id, at: NOW, action: "set-up", by: who("owner") };
    await accounts.bans.put(id, "banned", { until: null, reason: "Spam" }, line);
    if (kind === "archived") await accounts.rooms.update(id, { archived: true }, line);
    return id;
  }
  return rooms;
}

/** "done", or the code of the refusal. */
export const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    },
  );
