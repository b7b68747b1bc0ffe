import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SLEEPS, startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty();
});
afterAll(() => party.stop());

const post = (room: string, part: string, body: object) =>
  party.http("POST", `/parties/main/${room}/${part}`, body);
const wakings = (room: string) =>
  party.lines.filter((line) => line.includes('"room_woke"') && line.includes(`"${room}"`)).length;

describe("the end of an account", () => {
  it.runIf(SLEEPS)(
    "closes the sockets in every room within a second, hibernated ones too, and refuses tokens that wait",
    async () => {
      const rooms = ["hall", "attic", "cellar"];
      const sid = "ended";
      const clients = [];
      for (const room of rooms) {
        clients.push((await party.enter("ada", { room, sid })).client);
      }
      const waiting = await party.mint("ada", { room: "hall", sid });
      // Nobody speaks in them from here on. This room's alarm is the clock that tells when the engine
      // has evicted a room as idle as they are.
      await party.enter("grace", { room: "clock", lease: 16 });
      // By the log itself: its line may come after the frame that the same waking sends.
      const woken = { timeout: 25_000, message: "evicted meanwhile" };
      await expect.poll(() => wakings("clock"), woken).toBe(2);

      const from = performance.now();
      await Promise.all(
        rooms.map((room) => post(room, "revoke", { sid, reason: "account_deleted" })),
      );
      for (const client of clients) {
        expect(await client.closed).toEqual({ code: 4410, reason: "session_revoked" });
        expect(client.of("auth.revoked")).toMatchObject([{ reason: "account_deleted" }]);
      }
      expect(performance.now() - from).toBeLessThan(1_000);
      await expect.poll(() => rooms.map(wakings), { message: "woken to do it" }).toEqual([2, 2, 2]);

      const late = party.dial(waiting, "hall");
      expect(await late.closed).toEqual({ code: 4410, reason: "session_revoked" });
    },
  );
});

describe("a new name", () => {
  it("is seen live, and a token minted before does not bring the old one back", async () => {
    const room = "names";
    const { client: ada } = await party.enter("ada", { room });
    const { client: grace } = await party.enter("grace", { room });
    const old = await party.mint("ada", { room, issuedIn: -5 });
    expect((await post(room, "members", { user: "ada", name: "Countess" })).status).toBe(200);
    expect(await grace.next("presence.diff")).toMatchObject({
      updated: [{ id: "ada", name: "Countess" }],
    });
    ada.send({ type: "chat.send", id: "x", text: "x" });
    expect((await grace.next("chat.message")).user).toEqual({ id: "ada", name: "Countess" });
    expect((await party.dial(old, room).next("welcome")).user.name).toBe("Countess");
  });

  it.each([
    { user: "ada" },
    { user: "ada", name: "" },
    { user: "ada", name: "a\nb" },
    { name: "A" },
  ])("is not taken from %j", async (body) => {
    expect((await post("names", "members", body)).status).toBe(400);
  });
});
