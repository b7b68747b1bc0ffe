import { shallowEqual } from "./shallow";

type Pick<View, T> = (selector: (view: View) => T, view: View) => T;

/**
 * Applies selectors so that the same content is the same object: React asks a store, on the server's
 * snapshot too, until two answers are identical. One for each hook.
 */
export function createPick<View, T>(): Pick<View, T> {
  let last: { view: View; selector: (view: View) => T; part: T } | undefined;
  return (selector, view) => {
    if (last?.view === view && last.selector === selector) return last.part;
    const next = selector(view);
    const part = last && shallowEqual(last.part, next) ? last.part : next;
    last = { view, selector, part };
    return part;
  };
}
