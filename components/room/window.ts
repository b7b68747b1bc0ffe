/** What is this near to the reader is put into the document, in heights of the transcript. */
const DRAW_SCREENS = 6;
/** What is farther away is taken out; the way between spares work at the border. */
const KEEP_SCREENS = 10;

/** Keeps a chunk though nobody is near: words in the making, a question, something that is open. */
const IN_USE = "textarea, [role=group], :popover-open";

/** Chunks that are not in the document, by key, and the height that holds their place, in pixels. */
export type Away = ReadonlyMap<string, number>;
export const NOBODY_AWAY: Away = new Map();

/** The index of the first of `elements`, which stand one below the other, that reaches below `y`. */
export function firstBelow(elements: ArrayLike<Element>, y: number): number {
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const bottom = elements[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom > y) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The chunks' elements from one that reaches `screens` above the view to one that does so below. */
function around(elements: ArrayLike<Element>, scroller: HTMLElement, screens: number) {
  const { top, bottom } = scroller.getBoundingClientRect();
  const more = screens * (bottom - top);
  return { from: firstBelow(elements, top - more), to: firstBelow(elements, bottom + more) };
}

export interface Look {
  /** As it should be. The same object as before where nothing is to change. */
  away: Away;
  /** As it must be before the next frame; null where all that is in view is in the document. */
  urgent: Away | null;
}

/**
 * Decides which chunks are in the document: those near the view, the first and the last, `wanted`, and
 * what is in use, selected or has the focus, each with its neighbours, so that arrow keys go on.
 * `keys` are those of the children of `list`, in their order.
 */
export function lookAtWindow(
  scroller: HTMLElement,
  list: HTMLElement,
  keys: readonly string[],
  before: Away,
  wanted: readonly string[],
): Look {
  const elements = [...list.children] as HTMLElement[];
  const draw = around(elements, scroller, DRAW_SCREENS);
  const keep = around(elements, scroller, KEEP_SCREENS);
  const isWanted = keys.map((key) => wanted.includes(key));
  const isHeld = (at: number) => {
    const element = elements[at];
    return element !== undefined && (isWanted[at] === true || inUse(element));
  };

  const away = new Map<string, number>();
  let changed = before.size > elements.length;
  elements.forEach((element, at) => {
    const key = keys[at] ?? "";
    const height = before.get(key);
    const isAway = height !== undefined;
    const range = isAway ? draw : keep;
    const stays =
      (at >= range.from && at <= range.to) ||
      at === 0 ||
      at >= elements.length - 2 ||
      (isAway
        ? isWanted.slice(Math.max(0, at - 1), at + 2).includes(true)
        : isHeld(at) || isHeld(at - 1) || isHeld(at + 1));
    changed ||= stays === isAway;
    if (!stays) away.set(key, height ?? element.getBoundingClientRect().height);
  });

  const view = around(elements, scroller, 1);
  const seen = elements.slice(view.from, view.to + 1).filter(isPlaceholder);
  const next = changed ? away : before;
  if (seen.length === 0) return { away: next, urgent: null };
  const urgent = new Map(
    elements.filter(isPlaceholder).map((element) => [keyOf(element), element.offsetHeight]),
  );
  for (const element of seen) urgent.delete(keyOf(element));
  return { away: next, urgent };
}

const keyOf = (element: HTMLElement): string => element.dataset.chunk ?? "";
const isPlaceholder = (element: HTMLElement): boolean => element.hasAttribute("data-away");

function inUse(element: HTMLElement): boolean {
  const selection = getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(element, true)) ||
    element.querySelector(IN_USE) !== null
  );
}
