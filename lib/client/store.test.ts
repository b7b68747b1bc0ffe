import { describe, expect, it, vi } from "vitest";
import { shallowEqual } from "./shallow";
import { createStore } from "./store";

describe("a store", () => {
  it("tells its listeners of another value, and of the same value nothing", () => {
    const store = createStore(1);
    const listener = vi.fn();
    const off = store.subscribe(listener);
    store.set(1);
    expect(listener).not.toHaveBeenCalled();
    store.set(2);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.get()).toBe(2);
    off();
    store.set(3);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("tells everybody although one leaves meanwhile, and keeps two subscriptions apart", () => {
    const store = createStore(1);
    const listener = vi.fn();
    const off = store.subscribe(() => off());
    store.subscribe(listener);
    const offAgain = store.subscribe(listener);
    offAgain();
    store.set(2);
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe("shallow equality", () => {
  const part = {};
  it.each([
    [{ a: 1, b: part }, { a: 1, b: part }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: undefined }, { b: undefined }, false],
    [[1, part], [1, part], true],
    [[], {}, false],
    [null, {}, false],
    [Number.NaN, Number.NaN, true],
    [new Date(0), new Date(1), false],
    [new Map(), new Map(), false],
  ])("of %o and %o is %s", (a, b, expected) => {
    expect(shallowEqual<unknown>(a, b)).toBe(expected);
  });
});
