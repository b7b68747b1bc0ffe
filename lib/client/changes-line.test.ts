import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "./testing/world";

const ME = { me: { id: "ada", name: "Ada" } };
const SEQS = [1, 2, 3];
const EMOJI = ["👍", "🎉"];

describe("whatever happens to the line", () => {
  const seq = fc.constantFrom(...SEQS);
  const emoji = fc.constantFrom(...EMOJI);
  const Step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant("edit" as const), seq }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("react" as const), seq, emoji }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("other" as const), seq, emoji }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("otherDeletes" as const), seq }) },
    { weight: 3, arbitrary: fc.constant({ do: "cut" as const }) },
    { weight: 1, arbitrary: fc.constant({ do: "reload" as const }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("wait" as const),
        ms: fc.integer({ max: 400, min: 1 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("wait" as const),
        ms: fc.integer({ max: 30_000, min: 1_000 }),
      }),
    },
  );

  it("the last wish for each message holds, and the page shows what the room has", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Step, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 0, max: 120 }),
        fc.constantFrom(6_000, 300_000),
        async (steps, latencyMs, leaseMs) => {
          const world = createWorld();
          Object.assign(world.party, { latencyMs, leaseMs });
          for (const n of SEQS) world.party.say("ada", `m${n}`, `text ${n}`);
          let client = await world.live(ME);
          const texts = new Map(SEQS.map((n) => [n, `text ${n}`]));
          const mine = new Map<string, boolean>();
          let count = 0;
          for (const step of steps) {
            if (step.do === "wait") await world.clock.advance(step.ms);
            else if (step.do === "cut") world.party.cut();
            else if (step.do === "reload") {
              client.stop();
              client = await world.live(ME);
            } else if (step.do === "edit") {
              const text = `edit ${++count}`;
              if (client.edit(step.seq, text).ok) texts.set(step.seq, text);
            } else if (step.do === "react") {
              const key = `${step.seq} ${step.emoji}`;
              const on = !mine.get(key);
              if (client.react(step.seq, step.emoji, on).ok) mine.set(key, on);
            } else if (step.do === "other") {
              const { emoji: what, seq: at } = step;
              const on = ++count % 2 === 0;
              world.party.change("grace", {
                type: "chat.react",
                id: "g",
                seq: at,
                emoji: what,
                on,
              });
            } else {
              world.party.change("mod", { type: "chat.delete", id: "d", seq: step.seq });
            }
          }
          client.tryNow();
          await world.clock.advance(120_000);
          const shown = client.getSnapshot().messages;
          for (const message of world.party.stored) {
            const { text, deleted, reactions = {} } = message;
            expect(shown[message.seq - 1]).toMatchObject({ text, ...(deleted && { deleted }) });
            expect(shown[message.seq - 1]?.reactions ?? {}).toEqual(reactions);
            expect(shown[message.seq - 1]).not.toHaveProperty("changing");
            if (deleted) continue;
            expect(text).toBe(texts.get(message.seq));
            for (const one of EMOJI) {
              const on = mine.get(`${message.seq} ${one}`) ?? false;
              expect(reactions[one]?.includes("ada") ?? false).toBe(on);
            }
          }
          client.stop();
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
