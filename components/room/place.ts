/** Where somebody reads: the first message in view, and how far below the upper edge it stands. */
export interface Place {
  key: string;
  article: HTMLElement;
  top: number;
}

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** The first of `elements`, which stand one below the other, that reaches below `y`. */
function firstBelow<T extends Element>(elements: ArrayLike<T>, y: number): T | undefined {
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const bottom = elements[middle]?.getBoundingClientRect().bottom ?? 0;
    if (bottom > y) high = middle;
    else low = middle + 1;
  }
  return elements[low];
}

export function placeOf(scroller: HTMLElement, content: HTMLElement): Place | null {
  const edge = topOf(scroller);
  // Chunk by chunk: looking through all messages would cost more than the scrolling.
  let part = firstBelow(content.children, edge) ?? null;
  let article: HTMLElement | undefined;
  while (part && !article) {
    article = firstBelow(part.querySelectorAll<HTMLElement>("[data-key]"), edge);
    part = part.nextElementSibling;
  }
  const key = article?.dataset.key;
  return article && key !== undefined ? { key, article, top: topOf(article) - edge } : null;
}

/** Scrolls so that the place is where it was, also where its message was drawn anew. */
export function returnTo(scroller: HTMLElement, place: Place): Place {
  const { key, top } = place;
  const article = place.article.isConnected
    ? place.article
    : scroller.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  if (!article) return place;
  const moved = topOf(article) - topOf(scroller) - top;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
  return { key, article, top };
}
