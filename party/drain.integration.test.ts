import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerFrame } from "../lib/protocol/server-frames";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty({}, { persist: true });
});
afterAll(() => party.stop());

const drain = (room: string, body?: unknown) =>
  party.http("POST", `/parties/main/${room}/drain`, body);
const lastWords = (heard: ServerFrame[]) => heard.slice(-1);

describe("a party that is told to stop", () => {
  it("tells everybody in a room when to come back, each another time, and closes 4503", async () => {
    const room = "drained";
    const clients = [];
    for (const user of ["ada", "ada", "grace", "linus", "mary"]) {
      clients.push((await party.enter(user, { room })).client);
    }
    expect((await drain(room, { overMs: 5_000 })).body).toEqual({ ok: true, closed: 5 });
    for (const { closed } of clients) {
      expect(await closed).toEqual({ code: 4503, reason: "draining" });
    }
    const told = clients.map(({ heard }) => lastWords(heard)[0]);
    expect(told.every((frame) => frame?.type === "drain")).toBe(true);
    const times = told.map((frame) => (frame?.type === "drain" ? frame.retryInMs : 0));
    expect(new Set(times).size).toBe(5);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(3_900);
    // Nobody is kept out: a room that was drained and not stopped goes on.
    const { welcome } = await party.enter("ada", { room });
    expect(welcome.presence).toHaveLength(4);
  });

  it("may be asked by an operator only, with one verb and a spread within bounds", async () => {
    const { client } = await party.enter("ada", { room: "kept" });
    const connect = await party.mint("ada", { room: "kept" });
    for (const authorization of ["", `Bearer ${connect}`]) {
      const answer = await party.http("POST", "/parties/main/kept/drain", {}, authorization);
      expect(answer.status).toBe(401);
    }
    const other = await party.mint("app", { use: "server", room: "other" });
    const foreign = await party.http("POST", "/parties/main/kept/drain", {}, `Bearer ${other}`);
    expect(foreign.status).toBe(403);
    expect((await party.http("GET", "/parties/main/kept/drain")).headers.get("allow")).toBe("POST");
    for (const body of [{ overMs: -1 }, { overMs: 300_001 }, { overMs: "1" }, { room: "x" }]) {
      expect((await drain("kept", body)).status, JSON.stringify(body)).toBe(400);
    }
    await client.caughtUp();
    expect(client.of("drain")).toEqual([]);
    expect((await drain("kept")).body).toEqual({ ok: true, closed: 1 });
  });

  it("has every room with somebody in it drained by the runner, and keeps what was said", async () => {
    const { client: ada } = await party.enter("ada", { room: "one" });
    const { client: grace } = await party.enter("grace", { room: "two" });
    ada.send({ type: "chat.send", id: "kept", text: "kept" });
    const { seq } = await ada.next("ack");
    await party.stopInOrder();
    for (const client of [ada, grace]) {
      expect(await client.closed).toEqual({ code: 4503, reason: "draining" });
      expect(lastWords(client.heard)).toMatchObject([{ type: "drain" }]);
    }
    await party.restart();
    const { welcome } = await party.enter("grace", { room: "one" });
    expect(welcome.seq).toBe(seq);
    expect(welcome.presence.map(({ id }) => id).sort()).toEqual(["ada", "grace"]);
  });
});
