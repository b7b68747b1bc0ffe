import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { UNHEARD_CHARACTERS } from "../lib/protocol/limits";
import { parseServerFrames } from "../lib/protocol/parse";
import type { ServerFrame } from "../lib/protocol/server-frames";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({
    ...{ PARTY_GRACE_SECONDS: "1" },
    // A quick machine says all of the flood within a second.
    ...{ LIMIT_MESSAGES_PER_SECOND: "10000", LIMIT_MESSAGES_PER_MINUTE: "600000" },
  });
});
afterAll(() => party.stop());

const LEASE_SECONDS = 6;
const TEXT = "word ".repeat(700);
/** More than what lies between two sockets on one machine: it has to be kept by the runtime. */
const FLOOD = 3_000;
/** As many as nobody may be told in silence. */
const MUCH = Math.ceil(UNHEARD_CHARACTERS / TEXT.length);

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

/** Ada, who hears the first frame and then reads no more. */
async function pausedReader(room: string, lease: number) {
  const token = await party.mint("ada", { room, lease });
  const socket = new WebSocket(`ws://127.0.0.1:${party.port}/parties/main/${room}?token=${token}`);
  const heard: ServerFrame[] = [];
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  socket.on("error", () => undefined);
  socket.on("message", (data) => heard.push(...parseServerFrames(String(data)).frames));
  await new Promise((resolve) => socket.once("message", resolve));
  socket.pause();
  return { socket, heard, closed };
}

it("a reader that stops reading holds nobody up, hears nothing from after its lease, and comes back to all of it", async () => {
  const room = "slow";
  const { client: grace, welcome } = await party.enter("grace", { room });
  const { socket: ada, heard, closed } = await pausedReader(room, LEASE_SECONDS);

  await flood(grace, 1, FLOOD);
  // Nobody reads, so nobody renews: lease and grace end it without the reader's help.
  await expect.poll(() => connections(room), { timeout: 30_000 }).toBe(1);
  const endedAfter = FLOOD + 1;
  await flood(grace, endedAfter, 50);
  ada.resume();
  // 1006 where the runtime gave the line up with what still lay in it.
  expect([4408, 1006]).toContain((await closed).code);
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

it("a reader that is told much and says nothing for longer than a ping is closed 4408 slow_consumer, and one that pings hears on", async () => {
  const room = "silent";
  const { client: grace } = await party.enter("grace", { room });
  const { client: bo } = await party.enter("bo", { room });
  const { socket, closed } = await pausedReader(room, 300);
  await flood(grace, 1, MUCH);
  let said = MUCH;
  const alone = async () => {
    bo.send({ type: "ping" });
    await flood(grace, (said += 1), 1);
    return connections(room);
  };
  // Its lease runs for minutes more: only its silence can end it.
  await expect.poll(alone, { timeout: 60_000, interval: 500 }).toBe(2);
  socket.resume();
  // 1006 where the runtime gave the line up with what still lay in it.
  const { code, reason } = await closed;
  expect(["4408 slow_consumer", "1006 "]).toContain(`${code} ${reason}`);
  await flood(grace, (said += 1), 1);
  await bo.next("chat.message", ({ text }) => text.startsWith(`m${said} `));
}, 120_000);
