import { afterAll, beforeAll, expect, it } from "vitest";
import { NEWS_BURST, NEWS_PER_SECOND } from "../lib/protocol/limits";
import { startTestParty, type TestParty } from "./testing/kit";

let party: TestParty;
beforeAll(async () => {
  party = await startTestParty();
});
afterAll(() => party.stop());

const ROUNDS = 300;
const AT_ONCE = 8;

it("somebody who comes and goes without end is a few lines of news, and leaves nothing behind", async () => {
  const room = "revolving-door";
  const { client: grace } = await party.enter("grace", { room });
  const from = performance.now();
  let round = 0;
  const comeAndGo = async () => {
    while (round < ROUNDS) {
      // A new person each time would be news each time: it is few people, over and over.
      const { client } = await party.enter(`visitor-${round++ % 5}`, { room });
      if (round % 2) await client.leave();
      else client.terminate();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, comeAndGo));
  grace.send({ type: "chat.send", id: "well", text: "all is well" });
  expect(await grace.next("ack")).toMatchObject({ seq: 1 });
  const seconds = (performance.now() - from) / 1_000;
  const news = grace.heard.filter(({ type }) => type.startsWith("presence."));
  expect(news.length).toBeGreaterThan(0);
  expect(news.length).toBeLessThanOrEqual(NEWS_BURST + Math.ceil(seconds * NEWS_PER_SECOND) + 1);

  const look = async () => {
    const { body } = await party.http("GET", `/parties/main/${room}`);
    const { people, connections } = body as { people: number; connections: number };
    return { people, connections };
  };
  await expect.poll(look, { timeout: 25_000 }).toEqual({ people: 1, connections: 1 });
}, 90_000);
