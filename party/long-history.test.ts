import { beforeAll, describe, expect, it, vi } from "vitest";
import { HISTORY_PAGE_MESSAGES, MAX_HISTORY_LIMIT } from "../lib/protocol/limits";
import type { ServerFrame, ServerFrameOf } from "../lib/protocol/server-frames";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import { Room } from "./room";
import { createMemoryEngine } from "./testing/memory-engine";

const FEW = 100;
const MANY = 100_000;
const AT_ONCE = 5_000;
const PEOPLE = 10;
/** What the engines take as one value. */
const MAX_VALUE_BYTES = 128 * 1_024;
/** A number with more digits is a few bytes longer. */
const DIGITS_BYTES = 16;
const LONGEST = "ю".repeat(4_000);

const env = {
  PARTY_TOKEN_JWKS: JSON.stringify(makeTokenKeys().keySet),
  APP_ORIGINS: "http://localhost:3000",
  LIMIT_MESSAGES_PER_SECOND: "10000",
  LIMIT_MESSAGES_PER_MINUTE: "600000",
};

const disk = createMemoryEngine(env);
let tokens = 0;

/** A room as it wakes: nothing of it is in memory. */
function wake() {
  disk.lose();
  const room = new Room(disk.engine);
  const join = async (user: string) => {
    const { connection, told } = disk.open(`${user}-${++tokens}`);
    const pass = {
      ...{ user: { id: user, name: user }, sid: `session-${user}`, room: "general" },
      ...{ role: "member", jti: `token-${tokens}`, issuedAt: 1_800_000_000_000 },
      ...{ presentableUntil: Date.now() + 3_600_000, leaseMs: 3_600_000 },
      sessionEndsAt: Date.now() + 86_400_000,
    } as const;
    await room.onConnect(connection, { room: "general", pass });
    const frames = () => told.flatMap((text) => [JSON.parse(text) as ServerFrame].flat());
    const say = (frame: object) => room.onMessage(connection.id, JSON.stringify(frame));
    return { say, told, frames };
  };
  return { join };
}

type Member = Awaited<ReturnType<ReturnType<typeof wake>["join"]>>;

/** Everybody talks until so many messages are stored: long ones and short ones, and some that name somebody. */
async function talk(from: number, to: number): Promise<void> {
  const { join } = wake();
  const people: Member[] = [];
  for (let at = 0; at < PEOPLE; at++) people.push(await join(`person-${at}`));
  for (let at = from; at < to; at += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, index) => {
      const n = at + index;
      const text = n % 500 === 0 ? LONGEST : n % 10 === 0 ? `@person-${n % PEOPLE} ${n}` : `m${n}`;
      return people[n % PEOPLE]?.say({ type: "chat.send", id: `m${n}`, text });
    });
    await Promise.all(some);
    for (const { told } of people) told.length = 0;
  }
}

/** What a room that wakes reads of its storage to let somebody in, and what they are told. */
async function enter() {
  const { join } = wake();
  disk.takeReads();
  const newcomer = await join("person-1");
  const [welcome] = newcomer.frames() as [ServerFrameOf<"welcome">];
  return { newcomer, welcome, reads: disk.takeReads() };
}

describe("a room with a hundred thousand messages", () => {
  let few: Awaited<ReturnType<typeof enter>>;
  let many: Awaited<ReturnType<typeof enter>>;
  let sizes: Record<"few" | "many", Record<string, number>>;

  beforeAll(async () => {
    vi.spyOn(console, "log").mockReturnValue();
    await talk(0, FEW);
    few = await enter();
    const before = disk.largest();
    await talk(FEW, MANY);
    many = await enter();
    sizes = { few: before, many: disk.largest() };
  }, 120_000);

  it("is opened with as many reads as one with a hundred, and one page of them", () => {
    expect(few.welcome).toMatchObject({ type: "welcome", seq: FEW });
    expect(many.welcome).toMatchObject({ type: "welcome", seq: MANY });
    expect(many.welcome.messages).toHaveLength(HISTORY_PAGE_MESSAGES);
    expect(many.welcome.messages.at(-1)?.seq).toBe(MANY);
    expect(many.reads).toEqual(few.reads);
    expect(many.reads.rows).toBeLessThan(HISTORY_PAGE_MESSAGES + PEOPLE + 20);
  });

  it("gives any page of its history for the rows of that page", async () => {
    const { newcomer } = many;
    for (const before of [MANY, MANY / 2, MAX_HISTORY_LIMIT + 1]) {
      disk.takeReads();
      await newcomer.say({ type: "history.get", id: `b${before}`, before, limit: 100 });
      expect(disk.takeReads()).toEqual({ calls: 1, keys: 0, rows: MAX_HISTORY_LIMIT });
      const page = newcomer.frames().at(-1) as ServerFrameOf<"history">;
      expect(page.messages.map(({ seq }) => seq)).toEqual(
        Array.from({ length: MAX_HISTORY_LIMIT }, (_, at) => before - MAX_HISTORY_LIMIT + at),
      );
    }
  });

  it("has a value for each message, none over the engines' limit, and none that grows with their number", () => {
    expect(disk.count("m")).toBe(MANY);
    expect(Math.max(...Object.values(sizes.many))).toBeLessThan(MAX_VALUE_BYTES / 4);
    expect(Object.keys(sizes.many).sort()).toEqual(Object.keys(sizes.few).sort());
    for (const [kind, bytes] of Object.entries(sizes.many)) {
      expect(bytes, kind).toBeLessThanOrEqual((sizes.few[kind] ?? 0) + DIGITS_BYTES);
    }
  });
});
