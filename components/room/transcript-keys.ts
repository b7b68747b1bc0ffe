import type { KeyboardEvent } from "react";

/**
 * Moving through the transcript, which is one tab stop: arrows go from message to message, Home and
 * End to the first and last, Enter inside (its actions, else its first link or button), Escape back
 * out. Inside, arrows go from one to the next. Up from the first message is the button for older ones.
 */
export function onTranscriptKey(event: KeyboardEvent<HTMLElement>): void {
  const log = event.currentTarget;
  // What is opened inside of a message has keys of its own.
  if (event.defaultPrevented || isElsewhere(event.target as Element)) return;
  const articles = Array.from(log.querySelectorAll<HTMLElement>("[role=article], article"));
  if (articles.length === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const focused = document.activeElement as HTMLElement | null;
  const at = articles.findIndex((article) => article.contains(focused));
  const inside = at >= 0 && focused !== articles[at];

  const older = log.querySelector<HTMLElement>("[data-older]");
  if (event.key === "ArrowUp" && at === 0 && !inside && older) {
    older.focus();
  } else if (event.key === "ArrowDown" && focused === older) {
    articles[0]?.focus();
  } else if (event.key === "Escape" && focused === older) {
    log.focus();
  } else if (event.key === "Escape" && at >= 0) {
    (inside ? articles[at] : log)?.focus();
  } else if (event.key === "Enter" && at >= 0 && !inside) {
    const article = articles[at] as HTMLElement;
    (article.querySelector<HTMLElement>("[role=toolbar] button") ?? partsOf(article)[0])?.focus();
  } else if (inside && focused && event.key in ALONG) {
    const parts = partsOf(articles[at] as HTMLElement);
    const step = ALONG[event.key as keyof typeof ALONG];
    parts[(parts.indexOf(focused) + step + parts.length) % parts.length]?.focus();
  } else if (!inside && focused !== older && event.key in STEPS) {
    const step = STEPS[event.key as keyof typeof STEPS];
    articles[step(at, articles.length)]?.focus();
  } else return;
  event.preventDefault();
}

const isElsewhere = (target: Element): boolean =>
  target.closest("textarea, input, dialog, [popover]") !== null;

/** What can be used inside of a message, in reading order. */
const partsOf = (article: HTMLElement): HTMLElement[] =>
  Array.from(article.querySelectorAll<HTMLElement>("a[href], button:enabled"));

const ALONG = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const STEPS = {
  ArrowUp: (at: number, count: number) => (at < 0 ? count - 1 : Math.max(0, at - 1)),
  ArrowDown: (at: number, count: number) => (at < 0 ? count - 1 : Math.min(count - 1, at + 1)),
  Home: () => 0,
  End: (_at: number, count: number) => count - 1,
};
