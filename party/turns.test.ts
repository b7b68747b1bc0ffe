import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gatherMs, Turns, type Turn } from "./turns";

const GATHER_MS = 8;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function recorded() {
  const taken: string[][] = [];
  const turns = new Turns<string>(
    async (some: readonly Turn<string>[]) => {
      taken.push(some.map(({ event }) => event));
      for (const turn of some) turn.done();
    },
    () => GATHER_MS,
  );
  return { taken, turns };
}

describe("turns", () => {
  it("are taken at once after a pause", async () => {
    const { taken, turns } = recorded();
    await turns.add("a");
    vi.advanceTimersByTime(GATHER_MS);
    await turns.add("b");
    expect(taken).toEqual([["a"], ["b"]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gather what comes soon after the one before, in its order", async () => {
    const { taken, turns } = recorded();
    await turns.add("a");
    const rest = ["b", "c", "d"].map((event) => turns.add(event));
    await vi.advanceTimersByTimeAsync(GATHER_MS - 1);
    expect(taken).toEqual([["a"]]);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(rest);
    expect(taken).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("let one that has patience wait for the next, and go before it", async () => {
    const { taken, turns } = recorded();
    void turns.add("left", 100);
    await vi.advanceTimersByTimeAsync(50);
    expect(taken).toEqual([]);
    await turns.add("came");
    expect(taken).toEqual([["left", "came"]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("let one that has patience wait no longer than that", async () => {
    const { taken, turns } = recorded();
    for (const event of ["a", "b"]) void turns.add(event, 100);
    await vi.advanceTimersByTimeAsync(99);
    expect(taken).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(taken).toEqual([["a", "b"]]);
    vi.advanceTimersByTime(GATHER_MS);
    await turns.add("c");
    expect(taken).toEqual([["a", "b"], ["c"]]);
  });

  it("gather longer the more people are told, and never long enough to be felt", () => {
    const quiet = [1, 80, 200, 1_000, 20_000].map((connections) => gatherMs(connections, 0));
    expect(quiet).toEqual([8, 8, 20, 100, 100]);
    const busy = [3, 15, 40, 5_000].map((tookMs) => gatherMs(100, tookMs));
    expect(busy).toEqual([10, 30, 80, 100]);
  });

  it("say how long the last one took that some shared, and nothing of one event's own", async () => {
    const told: number[] = [];
    const turns = new Turns<string>(
      async (some) => {
        await new Promise((done) => setTimeout(done, 5 * some.length));
        for (const turn of some) turn.done();
      },
      (tookMs) => (told.push(tookMs), GATHER_MS),
    );
    for (const events of [["a"], ["b"], ["c", "d"], ["e"], ["f"]]) {
      const done = Promise.all(events.map((event) => turns.add(event)));
      await vi.advanceTimersByTimeAsync(100);
      await done;
    }
    expect(told).toEqual([0, 0, 0, 0, 10, 0]);
  });

  it("hold everybody back while a task has the room to itself", async () => {
    const { taken, turns } = recorded();
    let finish = () => {};
    const task = turns.alone(() => new Promise<void>((resolve) => (finish = resolve)));
    const [a, b] = [turns.add("a"), turns.add("b")];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(taken).toEqual([]);
    finish();
    await Promise.all([task, a, b]);
    expect(taken).toEqual([["a", "b"]]);
  });

  it("fail together and hold up nobody who comes later", async () => {
    let broken = true;
    const turns = new Turns<string>(
      async (some) => {
        if (broken) throw new Error("storage");
        for (const turn of some) turn.done();
      },
      () => GATHER_MS,
    );
    const failed = await Promise.allSettled([turns.add("a"), turns.add("b")]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    broken = false;
    vi.advanceTimersByTime(GATHER_MS);
    await expect(turns.add("c")).resolves.toBeUndefined();
  });
});
