import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "./testing/world";
import type { RoomClient } from "./types";

const texts = (client: RoomClient) =>
  client.getSnapshot().messages.map((message) => `${message.text} ${message.state}`);

describe("whatever happens to the line", () => {
  const Step = fc.oneof(
    { weight: 4, arbitrary: fc.constant("send" as const) },
    { weight: 3, arbitrary: fc.constant("cut" as const) },
    { weight: 1, arbitrary: fc.constantFrom("route down" as const, "route up" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("wake" as const, "offline" as const, "online" as const),
    },
    { weight: 1, arbitrary: fc.constant("reload" as const) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 400 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 30_000 }) },
  );

  it("each message is stored exactly once, in the order of writing, and seen once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 0, max: 120 }),
        fc.constantFrom(6_000, 300_000),
        fc.constantFrom(1, 3, Infinity),
        async (steps, latencyMs, leaseMs, perConnection) => {
          const world = createWorld();
          Object.assign(world.party, { latencyMs, leaseMs, messagesPerConnection: perConnection });
          let client = await world.live();
          const sent: string[] = [];
          for (const step of steps) {
            if (typeof step === "number") await world.clock.advance(step);
            else if (step === "send") {
              sent.push(`m${sent.length}`);
              client.send(sent.at(-1) ?? "");
            } else if (step === "cut") world.party.cut();
            else if (step === "route down") world.route.answer = () => ({ status: 503 });
            else if (step === "route up") world.route.answer = () => "ok";
            else if (step === "reload") {
              // A page knows whom it was drawn for, else what it holds before welcome is lost with it.
              client.stop();
              client = await world.live({ me: { id: "ada", name: "Ada" } });
            } else world.page.happen(step);
          }
          world.route.answer = () => "ok";
          world.page.happen("online");
          client.tryNow();
          await world.clock.advance(90_000);
          expect(world.party.stored.map((message) => message.text)).toEqual(sent);
          expect(texts(client)).toEqual(sent.map((text) => `${text} sent`));
          expect(client.getSnapshot().messages.map((message) => message.seq)).toEqual(
            sent.map((_, n) => n + 1),
          );
          const stray = world.party.heard.filter((one) => !one.authorised);
          expect(stray.every((one) => one.frame.type === "auth.refresh")).toBe(true);
          client.stop();
          await world.clock.advance(1_000);
          expect(world.party.openSockets()).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
