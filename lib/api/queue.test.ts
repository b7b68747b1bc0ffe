import { afterEach, expect, test, vi } from "vitest";
import { Busy, createQueue } from "./queue";

test("runs so many at once, lets so many wait in order, refuses the rest", async () => {
  const run = createQueue({ name: "test", atOnce: 2, waiting: 3 });
  const started: number[] = [];
  const gates: (() => void)[] = [];
  const job = (id: number) => () =>
    new Promise<number>((resolve) => {
      started.push(id);
      gates[id] = () => resolve(id);
    });
  const jobs = [0, 1, 2, 3, 4].map((id) => run(job(id)));
  await expect(run(job(5))).rejects.toBeInstanceOf(Busy);
  expect(started).toEqual([0, 1]);
  for (const id of [0, 1, 2, 3, 4]) {
    gates[id]?.();
    expect(await jobs[id]).toBe(id);
  }
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

test("a job that fails gives its place on", async () => {
  const run = createQueue({ name: "test", atOnce: 1, waiting: 1 });
  await expect(run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await run(() => Promise.resolve(1))).toBe(1);
});

afterEach(() => vi.useRealTimers());
const never = () => new Promise<never>(() => undefined);

test("a job that waits too long is given up and never begun", async () => {
  vi.useFakeTimers();
  const run = createQueue({ name: "test", atOnce: 1, waiting: 2, maxWaitMs: 1_000 });
  let finish = (): void => undefined;
  const first = run(() => new Promise<void>((resolve) => (finish = resolve)));
  const late = vi.fn(never);
  const refused = expect(run(late)).rejects.toBeInstanceOf(Busy);
  await vi.advanceTimersByTimeAsync(999);
  const inTime = run(() => Promise.resolve("in time"));
  await vi.advanceTimersByTimeAsync(1);
  await refused;
  finish();
  await first;
  expect(await inTime).toBe("in time");
  expect(late).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("nothing is begun for somebody who has gone", async () => {
  const run = createQueue({ name: "test", atOnce: 1, waiting: 2 });
  let finish = (): void => undefined;
  const first = run(() => new Promise<void>((resolve) => (finish = resolve)));
  const gone = new AbortController();
  const job = vi.fn(never);
  const refused = expect(run(job, gone.signal)).rejects.toBeInstanceOf(Busy);
  gone.abort();
  await refused;
  finish();
  await first;
  await expect(run(job, gone.signal)).rejects.toBeInstanceOf(Busy);
  expect(job).not.toHaveBeenCalled();
  expect(await run(() => Promise.resolve(1))).toBe(1);
});
