import { firstBelow } from "./window";

/** Where somebody reads: the first message in view, and how far below the upper edge it stands. */
export interface Place {
  key: string;
  article: HTMLElement;
  top: number;
}

const topOf = (element: Element): number => element.getBoundingClientRect().top;

export function placeOf(scroller: HTMLElement, list: HTMLElement): Place | null {
  const edge = topOf(scroller);
  // Chunk by chunk: looking through all messages would cost more than the scrolling.
  let part = list.children[firstBelow(list.children, edge)] ?? null;
  let article: HTMLElement | undefined;
  while (part && !article) {
    const articles = part.querySelectorAll<HTMLElement>("[data-key]");
    article = articles[firstBelow(articles, edge)];
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
