import { expect, it, vi } from "vitest";
import { createPick } from "./pick";

const view = (people: number, messages: number) => ({ people, messages });

it("the same content is the same object, whoever asks and however often", () => {
  const pick = createPick<ReturnType<typeof view>, { people: number }>();
  const first = pick(({ people }) => ({ people }), view(1, 1));
  expect(pick(({ people }) => ({ people }), view(1, 2))).toBe(first);
  expect(pick(({ people }) => ({ people }), view(2, 2))).not.toBe(first);
});

it("a selector runs once for one view", () => {
  const pick = createPick<ReturnType<typeof view>, object>();
  const selector = vi.fn((from: { people: number }) => ({ people: from.people }));
  const now = view(1, 1);
  expect(pick(selector, now)).toBe(pick(selector, now));
  expect(selector).toHaveBeenCalledOnce();
});
