import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ACCOUNT_CHANNEL } from "./account-channel";
import { browserEnvironment, type EnvironmentEvent } from "./environment";

const page = () => {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const window = new EventTarget();
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  const heard: EnvironmentEvent[] = [];
  const off = browserEnvironment.subscribe((event) => heard.push(event));
  return { window, document, heard, off };
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the browser around the page", () => {
  it("is told in five words, and not at all after leaving", () => {
    const { window, document, heard, off } = page();
    const happen = () => {
      for (const type of ["online", "offline", "pageshow", "keydown"]) {
        window.dispatchEvent(new Event(type));
      }
      document.visibilityState = "hidden";
      document.dispatchEvent(new Event("visibilitychange"));
      document.visibilityState = "visible";
      document.dispatchEvent(new Event("visibilitychange"));
      document.dispatchEvent(new Event("resume"));
    };
    happen();
    expect(heard).toEqual(["online", "offline", "wake", "input", "hidden", "wake", "wake"]);
    off();
    happen();
    vi.advanceTimersByTime(60_000);
    expect(heard).toHaveLength(7);
  });

  it("is asleep where the wall clock ran on and the monotonic clock did not", () => {
    const { heard } = page();
    vi.advanceTimersByTime(60_000);
    expect(heard).toEqual([]);
    // A closed lid on Linux: neither timers nor performance.now() count it.
    vi.setSystemTime(Date.now() + 600_000);
    vi.advanceTimersByTime(2_000);
    expect(heard).toEqual(["wake"]);
    vi.advanceTimersByTime(60_000);
    expect(heard).toEqual(["wake"]);
  });

  it("is not disturbed by a clock that is wrong all the time, or set back", () => {
    vi.setSystemTime(Date.now() - 10 * 365 * 86_400_000);
    const { heard } = page();
    vi.advanceTimersByTime(60_000);
    vi.setSystemTime(Date.now() - 300_000);
    vi.advanceTimersByTime(60_000);
    expect(heard).toEqual([]);
  });
});

describe("another tab", () => {
  it("tells that the person has signed out or in, and nothing else", async () => {
    vi.useRealTimers();
    const heard: string[] = [];
    let arrived = () => {};
    const all = new Promise<void>((resolve) => (arrived = resolve));
    const off = browserEnvironment.onAccount((event) => {
      heard.push(event);
      if (event === "signed_in") arrived();
    });
    const other = new BroadcastChannel(ACCOUNT_CHANNEL);
    for (const type of ["signed_out", "constructor", "signed_in"]) other.postMessage({ type });
    other.postMessage(null);
    await all;
    expect(heard).toEqual(["signed_out", "signed_in"]);
    off();
    other.close();
  });
});
