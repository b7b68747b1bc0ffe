import { expect, test } from "vitest";
import { createQueue, HashingBusy } from "./hash-queue";

test("runs so many at once, lets so many wait in order, refuses the rest", async () => {
  const run = createQueue(2, 3);
  const started: number[] = [];
  const gates: (() => void)[] = [];
  const job = (id: number) => () =>
    new Promise<number>((resolve) => {
      started.push(id);
      gates[id] = () => resolve(id);
    });
  const jobs = [0, 1, 2, 3, 4].map((id) => run(job(id)));
  await expect(run(job(5))).rejects.toBeInstanceOf(HashingBusy);
  expect(started).toEqual([0, 1]);
  for (const id of [0, 1, 2, 3, 4]) {
    gates[id]?.();
    expect(await jobs[id]).toBe(id);
  }
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

test("a job that fails gives its place on", async () => {
  const run = createQueue(1, 1);
  await expect(run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await run(() => Promise.resolve(1))).toBe(1);
});
