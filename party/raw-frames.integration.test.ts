import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Client } from "./testing/client";
import { startTestParty, type TestParty } from "./testing/kit";

/** Frames that no client library makes, as far as ws lets one make them. */
let party: TestParty;
let room = "";
let rooms = 0;
beforeAll(async () => {
  party = await startTestParty();
});
beforeEach(() => {
  room = `raw-${++rooms}`;
});
afterAll(() => party.stop());

/** Ada's socket without the helper's manners, and Grace who looks on. */
async function pair(): Promise<{ socket: WebSocket; heard: string[]; grace: Client }> {
  const { client: grace } = await party.enter("grace", { room });
  const token = await party.mint("ada", { room });
  const socket = new WebSocket(`ws://127.0.0.1:${party.port}/parties/main/${room}?token=${token}`);
  const heard: string[] = [];
  socket.on("error", () => undefined);
  socket.on("message", (data) => heard.push(String(data)));
  await new Promise((resolve) => socket.once("message", resolve));
  await grace.next("presence.diff", ({ joined }) => joined.some(({ id }) => id === "ada"));
  return { socket, heard, grace };
}

const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.once("close", (code) => resolve(code)));
/** A text frame of any bytes. */
const sendText = (socket: WebSocket, bytes: Buffer, fin = true): Promise<void> =>
  new Promise((resolve, reject) =>
    socket.send(bytes, { binary: false, fin }, (error) => (error ? reject(error) : resolve())),
  );
const heardOf = async (heard: readonly string[], part: string): Promise<boolean> => {
  for (let tries = 0; tries < 300; tries++) {
    if (heard.some((text) => text.includes(part))) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
};

/** The room is well: who was there speaks, and is numbered on. */
async function isWell(grace: Client, seq: number): Promise<void> {
  grace.send({ type: "chat.send", id: "well", text: "all is well" });
  expect(await grace.next("ack", ({ id }) => id === "well")).toMatchObject({ seq });
}

const WRONG: [string, number[]][] = [
  ["a byte that begins nothing", [0xff]],
  ["a character cut short", [0xe2, 0x82]],
  ["an overlong slash", [0xc0, 0xaf]],
  ["half a character of UTF-16", [0xed, 0xa0, 0x80]],
  ["a character beyond the last", [0xf5, 0x80, 0x80, 0x80]],
];

describe("bytes that are no UTF-8", () => {
  it.each(WRONG)(
    "(%s) become no text that was not one: closed, or replaced for all alike",
    async (_, bytes) => {
      const { socket, heard, grace } = await pair();
      const end = closed(socket);
      const [before, after] = ['{"type":"chat.send","id":"odd","text":"odd ', '!"}'];
      await sendText(
        socket,
        Buffer.concat([before, Buffer.from(bytes), after].map((part) => Buffer.from(part))),
      );
      const outcome = await Promise.race([end, heardOf(heard, '"ack"')]);
      if (outcome === true) {
        const told = await grace.next("chat.message");
        expect(told.text).toMatch(/^odd \uFFFD+!$/);
        const { body } = await party.http("GET", `/parties/main/${room}/messages`);
        expect((body as { messages: { text: string }[] }).messages[0]?.text).toBe(told.text);
        socket.terminate();
        await isWell(grace, 2);
      } else {
        // 1007 of a runtime that looks; 1006 where it hangs up without a word.
        expect([1006, 1007]).toContain(outcome);
        await isWell(grace, 1);
      }
    },
  );

  it("alone, without end, end their own connection and nobody else's", async () => {
    const { socket, grace } = await pair();
    const end = closed(socket);
    for (let n = 0; n < 200 && socket.readyState === WebSocket.OPEN; n++) {
      await sendText(socket, Buffer.from([0xff, 0xfe, n & 0xff])).catch(() => undefined);
    }
    expect([4400, 4429, 1006, 1007]).toContain(await end);
    await isWell(grace, 1);
  });
});

it("ten thousand pings of the protocol are answered or end their own connection, and hold nobody up", async () => {
  const { socket, grace } = await pair();
  // RFC 6455, 5.5.3: of pings that came together, the last alone may be answered.
  const answered = new Promise((resolve) =>
    socket.on("pong", (data) => String(data) === "10000" && resolve("answered")),
  );
  const end = closed(socket);
  for (let n = 1; n <= 10_000 && socket.readyState === WebSocket.OPEN; n++) {
    socket.ping(String(n), undefined, () => undefined);
    if (n % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await isWell(grace, 1);
  expect(["answered", 1006, 1008]).toContain(await Promise.race([end, answered]));
  socket.terminate();
});

describe("fragments by the thousand", () => {
  it("are one frame when the last has come, and hold nobody up before", async () => {
    const { socket, heard, grace } = await pair();
    const frame = Buffer.from(
      JSON.stringify({ type: "chat.send", id: "pieces", text: "in pieces" }).padEnd(10_000, " "),
    );
    for (let at = 0; at < frame.length - 1; at++) {
      await sendText(socket, frame.subarray(at, at + 1), false);
    }
    // Not a frame yet; the others talk on.
    await isWell(grace, 1);
    await sendText(socket, frame.subarray(-1), true);
    expect(await heardOf(heard, '"pieces"')).toBe(true);
    expect(await grace.next("chat.message", ({ id }) => id === "pieces")).toMatchObject({ seq: 2 });
    socket.terminate();
  });

  it("cut off in the middle are nothing said, and their sender is gone", async () => {
    const { socket, grace } = await pair();
    await sendText(socket, Buffer.from('{"type":"chat.send","id":"half","text":"ha'), false);
    socket.terminate();
    const look = async () => {
      const { body } = await party.http("GET", `/parties/main/${room}`);
      return (body as { connections: number }).connections;
    };
    await expect.poll(look).toBe(1);
    await isWell(grace, 1);
  });

  // The runtime of Cloudflare's shell has no such limit here: docs/SECURITY.md, "What is left to the engines".
  const onPartyKit = process.env.PARTY_ENGINE !== "cloudflare";
  it.runIf(onPartyKit)(
    "without a last one are ended by the runtime before they fill its memory",
    async () => {
      const { socket, grace } = await pair();
      const end = closed(socket);
      const piece = Buffer.alloc(64 * 1024, " ");
      for (let n = 0; n < 1_024 && socket.readyState === WebSocket.OPEN; n++) {
        await sendText(socket, piece, false).catch(() => undefined);
      }
      expect([1006, 1009]).toContain(await end);
      await isWell(grace, 1);
    },
  );
});
