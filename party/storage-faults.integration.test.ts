import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeMutant } from "../bench/history/mutate";
import { canMount, smallDisk } from "../scripts/lib/testing/small-disk.mjs";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

/**
 * Faults are made in a copy of the sources, by what a message says: the product has no switch for them.
 * `twice`: the same message fails twice, and its third try is well.
 */
const WRITE = "write(this.storage, writes)";
const FAULTS = `    const about = JSON.stringify([...writes.put.values()]);
    const faults = globalThis as unknown as { failed?: number };
    if (about.includes("slow disk")) await new Promise((resolve) => setTimeout(resolve, 1_500));
    if (about.includes("failing disk") && (faults.failed = (faults.failed ?? 0) + 1) <= 2) {
      throw new Error("D1SK: no such sector, /var/lib/secret");
    }
`;
const DECIDE = "    const result = step(state, event, Date.now(), found);\n";
const BUG = `    if (JSON.stringify(event).includes("bug in a rule")) throw new TypeError("s3cret of undefined");
`;

let party: TestParty;
let remove: () => void;
let room = "";
let rooms = 0;
beforeAll(async () => {
  const mutant = makeMutant({
    name: "faults",
    patches: [
      { find: WRITE, put: `(async () => {\n${FAULTS}    await ${WRITE};\n    })()` },
      { find: DECIDE, put: BUG + DECIDE },
    ],
  });
  ({ remove } = mutant);
  party = await startTestParty({}, { source: mutant.folder, persist: true });
});
beforeEach(() => {
  room = `fault-${++rooms}`;
});
afterAll(async () => {
  await party?.stop();
  remove?.();
});

async function pair(): Promise<[Client, Client]> {
  const { client: ada } = await party.enter("ada", { room });
  const { client: grace } = await party.enter("grace", { room });
  return [ada, grace];
}
const send = (client: Client, id: string, text: string) =>
  client.send({ type: "chat.send", id, text });

describe("in a running room", () => {
  it("a write that fails acknowledges nothing, tells nobody, and the next try is stored once", async () => {
    const [ada, grace] = await pair();
    for (let tries = 0; tries < 2; tries++) {
      send(ada, "a", "failing disk");
      const { code, retryable } = await ada.next("error", ({ id }) => id === "a");
      expect({ code, retryable }).toEqual({ code: "unavailable", retryable: true });
    }
    await grace.caughtUp();
    expect(grace.of("chat.message")).toEqual([]);
    send(ada, "a", "failing disk");
    expect(await ada.next("ack")).toMatchObject({ id: "a", seq: 1 });
    expect(await grace.next("chat.message")).toMatchObject({ id: "a", seq: 1 });
    send(grace, "g", "after it");
    expect(await grace.next("ack")).toMatchObject({ id: "g", seq: 2 });
    const log = () => party.lines.join("\n");
    await expect.poll(log).toContain('"event":"frame_failed"');
    expect(log()).not.toMatch(/D1SK|sector|secret/);
  });

  it("a rule that throws refuses its own frame, and nobody is sent away", async () => {
    const [ada, grace] = await pair();
    send(ada, "a", "bug in a rule");
    send(ada, "b", "well");
    expect(await ada.next("error", ({ id }) => id === "a")).toMatchObject({ code: "unavailable" });
    expect(await ada.next("ack")).toMatchObject({ id: "b", seq: 1 });
    expect(await grace.next("chat.message")).toMatchObject({ id: "b", seq: 1 });
    expect(party.lines.join("\n")).not.toContain("s3cret");
  });

  it("a slow disk delays and reorders nothing", async () => {
    const [ada, grace] = await pair();
    send(ada, "a", "slow disk");
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const id of ["b", "c", "d"]) send(grace, id, id);
    await grace.next("ack", ({ id }) => id === "d");
    const told = grace.of("chat.message").map(({ id, seq }) => [id, seq]);
    await ada.caughtUp();
    expect(told).toEqual(
      [["a", 1]].concat([
        ["b", 2],
        ["c", 3],
        ["d", 4],
      ]),
    );
    expect(ada.of("chat.message").map(({ id, seq }) => [id, seq])).toEqual(told);
  });
});

describe("a full disk", () => {
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
  });

  it.runIf(canMount())(
    "of the party takes no message that it cannot keep, and loses none that it took",
    async () => {
      const disk = smallDisk(8);
      undo.push(disk.remove);
      const stateDir = path.join(disk.folder, "rooms");
      mkdirSync(stateDir);
      const small = await startTestParty(
        { LIMIT_MESSAGES_PER_SECOND: "1000" },
        { persist: stateDir },
      );
      undo.push(() => small.stop());
      const acked: { id: string; seq: number }[] = [];
      let n = 0;
      /** One more message of 4 000 characters, by whoever can get in: true where it is acknowledged. */
      const speak = async (client: Client): Promise<boolean> => {
        const id = `m${++n}`;
        client.send({ type: "chat.send", id, text: id.padEnd(4_000, ".") });
        const heard = await Promise.race([
          client.next("ack", (ack) => ack.id === id).catch(() => null),
          client.next("error", (error) => error.id === id).catch(() => null),
          client.closed.then(() => null),
        ]);
        if (heard?.type !== "ack") return false;
        acked.push({ id, seq: heard.seq });
        return true;
      };
      const { client: ada } = await small.enter("ada");
      expect(await speak(ada)).toBe(true);
      disk.fill();
      let tries = 0;
      while (tries < 500 && (await speak(ada))) tries++;
      expect(tries, "the disk never was full").toBeLessThan(500);
      disk.empty();
      // A room may have to be woken anew; nobody needs more than a new connection.
      const back = await enterAgain(small);
      expect(await speak(back)).toBe(true);
      const stored = await history(small);
      for (const { id, seq } of acked) expect(stored.get(seq)).toBe(id);
      expect(stored.size).toBe(Math.max(...stored.keys()));
      expect(small.lines.join("\n")).not.toMatch(/m\d+\.{20}/);
    },
    90_000,
  );
});

async function enterAgain(party: TestParty): Promise<Client> {
  for (let tries = 0; ; tries++) {
    const entered = await party.enter("ada").catch((error: unknown) => error as Error);
    if (!(entered instanceof Error)) return entered.client;
    if (tries > 20) throw entered;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function history(party: TestParty): Promise<Map<number, string>> {
  const all = new Map<number, string>();
  for (let before = ""; ;) {
    const at = `/parties/main/general/messages?limit=100${before}`;
    const { body } = await party.http("GET", at);
    const page = body as { messages: { id: string; seq: number }[]; hasMore: boolean };
    for (const { id, seq } of page.messages) all.set(seq, id);
    if (!page.hasMore) return all;
    before = `&before=${page.messages[0]?.seq}`;
  }
}
