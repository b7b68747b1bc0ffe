import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty();
});
afterAll(() => party.stop());

const look = async (user: string) =>
  (await party.http("GET", `/parties/main/club?user=${user}`)).body;

it("the room counts mentions of somebody who was here, or was added and never came", async () => {
  const room = "club";
  const { client: ada } = await party.enter("ada", { room, name: "Ada Łovelace" });
  await ada.leave();
  const add = { user: "linus", role: "member", name: "Linus T" };
  expect((await party.http("POST", "/parties/main/club/members", add)).status).toBe(200);
  const { client: grace } = await party.enter("grace", { room });
  grace.send({ type: "chat.send", id: "1", text: "@ada łovelace, and @Linus" });
  expect((await grace.next("chat.message")).mentions?.toSorted()).toEqual(["ada", "linus"]);
  for (let id = 2; id <= 4; id++) {
    grace.send({ type: "chat.send", id: String(id), text: `@Ada, ${id}` });
  }
  await grace.caughtUp();
  expect(await look("ada")).toMatchObject({ readSeq: 0, mentions: 4 });
  expect(await look("linus")).toMatchObject({ readSeq: 0, mentions: 1 });
  expect(await look("grace")).toMatchObject({ mentions: 0 });
  const back = await party.enter("ada", { room, name: "Ada Łovelace" });
  back.client.send({ type: "read.set", seq: 3 });
  await back.client.caughtUp();
  expect(await look("ada")).toMatchObject({ readSeq: 3, mentions: 1 });
  // The marks of what was read have gone, those of what was not are still there.
  expect(await look("ada")).toMatchObject({ readSeq: 3, mentions: 1 });
});
