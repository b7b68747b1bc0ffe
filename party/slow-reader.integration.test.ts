import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { parseServerFrames } from "../lib/protocol/parse";
import type { ServerFrame } from "../lib/protocol/server-frames";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({
    ...{ PARTY_GRACE_SECONDS: "1" },
    ...{ LIMIT_MESSAGES_PER_SECOND: "1000", LIMIT_MESSAGES_PER_MINUTE: "60000" },
  });
});
afterAll(() => party.stop());

const LEASE_SECONDS = 6;
/** More than what lies between two sockets on one machine: it has to be kept by the runtime. */
const FLOOD = 3_000;
const TEXT = "word ".repeat(700);

/** Says so many messages, a window at a time, each of them acknowledged. */
async function flood(client: Client, from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at += 50) {
    const ids = Array.from({ length: Math.min(50, from + count - at) }, (_, i) => `m${at + i}`);
    for (const id of ids) client.send({ type: "chat.send", id, text: `${id} ${TEXT}` });
    await client.next("ack", ({ id }) => id === ids.at(-1));
  }
}

const connections = async (room: string) => {
  const { body } = await party.http("GET", `/parties/main/${room}`);
  return (body as { connections: number }).connections;
};

it("a reader that stops reading holds nobody up, hears nothing from after its lease, and comes back to all of it", async () => {
  const room = "slow";
  const { client: grace, welcome } = await party.enter("grace", { room });
  const token = await party.mint("ada", { room, lease: LEASE_SECONDS });
  const ada = new WebSocket(`ws://127.0.0.1:${party.port}/parties/main/${room}?token=${token}`);
  const heard: ServerFrame[] = [];
  const closed = new Promise<number>((resolve) => ada.once("close", resolve));
  ada.on("error", () => undefined);
  ada.on("message", (data) => heard.push(...parseServerFrames(String(data)).frames));
  await new Promise((resolve) => ada.once("message", resolve));
  ada.pause();

  await flood(grace, 1, FLOOD);
  // Nobody reads, so nobody renews: lease and grace end it without the reader's help.
  await expect.poll(() => connections(room), { timeout: 30_000 }).toBe(1);
  const endedAfter = FLOOD + 1;
  await flood(grace, endedAfter, 50);
  ada.resume();
  // 1006 where the runtime gave the line up with what still lay in it.
  expect([4408, 1006]).toContain(await closed);
  const seqs = heard.flatMap((frame) => (frame.type === "chat.message" ? [frame.seq] : []));
  expect(seqs).toEqual(seqs.map((_, at) => at + 1));
  expect(Math.max(0, ...seqs)).toBeLessThan(endedAfter);

  const last = FLOOD - 100;
  const back = await party.enter("ada", { room }, `&epoch=${welcome.epoch}&after=${last}`);
  expect(back.welcome.recovered).toBe(true);
  expect(back.welcome.messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 150 }, (_, at) => last + 1 + at),
  );
}, 120_000);
