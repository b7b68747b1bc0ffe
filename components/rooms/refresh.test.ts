import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepAsking, REFRESH_MS, waitAfter, waitOnReturn } from "./refresh";

it("asks every half minute while all is well, and ever less often while it is not", () => {
  expect(waitAfter(0)).toBe(REFRESH_MS);
  const waits = [0, 1, 2, 3, 4, 5, 60].map(waitAfter);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(8 * 60_000);
});

it("coming back to the page asks soon, but is no way around the waits after failures", () => {
  expect(waitOnReturn(0)).toBeLessThan(REFRESH_MS);
  expect(waitOnReturn(2)).toBe(waitAfter(2));
});

describe("asking again and again", () => {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const show = (state: string) => {
    page.visibilityState = state;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("document", page);
    vi.stubGlobal("window", new EventTarget());
    page.visibilityState = "visible";
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("goes on while the page is visible, waits longer after failures, and ends when it is ended", async () => {
    const ask = vi.fn(async () => 0);
    const going = vi.fn((): "well" | "failed" => "well");
    const end = keepAsking(ask, going);
    await vi.advanceTimersByTimeAsync(2 * REFRESH_MS);
    expect(ask).toHaveBeenCalledTimes(2);
    going.mockReturnValue("failed");
    await vi.advanceTimersByTimeAsync(2 * REFRESH_MS);
    expect(ask).toHaveBeenCalledTimes(3);
    end();
    await vi.advanceTimersByTimeAsync(10 * waitAfter(60));
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it("leaves a hidden page alone, and asks when somebody comes back", async () => {
    const ask = vi.fn(async () => 0);
    const end = keepAsking(ask, () => "well");
    show("hidden");
    await vi.advanceTimersByTimeAsync(5 * REFRESH_MS);
    expect(ask).not.toHaveBeenCalled();
    show("visible");
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledTimes(1);
    end();
  });

  it("rests where it is told to, until somebody comes back", async () => {
    const ask = vi.fn(async () => 0);
    const end = keepAsking(ask, () => "rest", 0);
    await vi.advanceTimersByTimeAsync(10 * REFRESH_MS);
    expect(ask).toHaveBeenCalledTimes(1);
    window.dispatchEvent(new Event("focus"));
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledTimes(2);
    end();
  });

  it("hears no answer after its end", async () => {
    const hear = vi.fn((): "well" => "well");
    let answer = (_: number) => {};
    const end = keepAsking(() => new Promise<number>((resolve) => (answer = resolve)), hear, 0);
    await vi.advanceTimersByTimeAsync(0);
    end();
    answer(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(hear).not.toHaveBeenCalled();
  });
});
