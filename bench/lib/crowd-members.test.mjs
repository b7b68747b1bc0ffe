import { describe, expect, it } from "vitest";
import { memberCommands } from "./crowd-members.mjs";

/** Two members of one room and one of another, and a room that answers as the test lets it. */
async function members(answer) {
  const clients = Array.from({ length: 3 }, () => ({ socket: { readyState: 1 } }));
  const rooms = ["a", "a", "b"];
  const tell = (room, frame) =>
    clients.forEach((client, index) => {
      if (rooms[index] === room) client.onText(JSON.stringify(frame));
    });
  const seqs = { a: 0, b: 0 };
  clients.forEach((client, index) => {
    client.socket.send = (text) => {
      const { type, id } = JSON.parse(text);
      const room = rooms[index];
      if (type === "chat.send") answer({ client, clients, room, id, seqs, tell });
    };
  });
  let time = 0;
  const wait = async (ms) => void (time += ms);
  const now = () => time;
  const crowd = memberCommands({ clients: () => clients, text: "~m~", wait, now });
  await crowd.watch({ rooms });
  await crowd.talk({ perSecond: 1_000, seconds: 0.006, talkers: 3 });
  return crowd.take();
}

function asItShould({ client, room, id, seqs, tell }) {
  const seq = ++seqs[room];
  client.onText(JSON.stringify([{ type: "ack", id, seq, ts: 0 }]));
  tell(room, [
    { type: "typing", users: [] },
    { type: "chat.message", seq, id },
  ]);
}

describe("the account of what members are told", () => {
  it("is even where everybody hears everything once, in each room", async () => {
    const told = await members(asItShould);
    expect(told).toMatchObject({ sent: 6, acknowledged: 6, refused: 0, missing: 0, twice: 0 });
    // Four messages to two, two to one.
    expect(told).toMatchObject({ delivered: 10, closed: 0 });
    expect(Object.values(told.latency).reduce((sum, count) => sum + count, 0)).toBe(10);
  });

  it("has what one of them was not told, in the middle or at the end", async () => {
    const deaf = (lost) => (event) => {
      const [, second] = event.clients;
      const hear = second.onText;
      if (event.room === "a" && event.seqs.a + 1 === lost) second.onText = () => {};
      asItShould(event);
      second.onText = hear;
    };
    expect(await members(deaf(2))).toMatchObject({ delivered: 9, missing: 1 });
    expect(await members(deaf(4))).toMatchObject({ missing: 1 });
  });

  it("has what came twice, and does not count it as heard", async () => {
    const again = (event) => {
      asItShould(event);
      event.tell(event.room, { type: "chat.message", seq: event.seqs[event.room], id: event.id });
    };
    expect(await members(again)).toMatchObject({ delivered: 10, twice: 10 });
  });

  it("has what was refused, by its code, and whose socket has ended", async () => {
    const refuse = (event) => {
      const { client, id, room } = event;
      if (room === "a") return asItShould(event);
      client.onText(JSON.stringify({ type: "error", id, code: "rate_limited" }));
      client.socket.readyState = 3;
    };
    const told = await members(refuse);
    expect(told).toMatchObject({ acknowledged: 4, refused: 1, closed: 1, sent: 5 });
    expect(told.refusals).toEqual({ rate_limited: 1 });
  });
});
