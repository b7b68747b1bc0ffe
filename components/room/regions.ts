/** The parts of a room in the order of the page: what belongs to each, and where its focus goes. */
const REGIONS = [
  { within: "[data-region=rooms]", focus: ["[aria-current=page]", "a[href]"] },
  { within: "[role=log]", focus: [] },
  { within: "form:has(textarea[name=message])", focus: ["textarea"] },
  { within: "[data-region=people]", focus: [] },
];

const isShown = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement && element.checkVisibility();

/** Puts the focus into the next part that is shown, round and round. Nothing where a dialog is open. */
export function cycleRegion(step: 1 | -1): void {
  if (document.querySelector("dialog[open]")) return;
  const shown = REGIONS.flatMap(({ within, focus }) => {
    const element = document.querySelector(within);
    return isShown(element) ? [{ element, focus }] : [];
  });
  const at = shown.findIndex(({ element }) => element.contains(document.activeElement));
  const from = at < 0 && step < 0 ? 0 : at;
  const next = shown[(from + step + shown.length) % shown.length];
  if (!next) return;
  const targets = next.focus.map((selector) => next.element.querySelector<HTMLElement>(selector));
  (targets.find(isShown) ?? next.element).focus();
}
