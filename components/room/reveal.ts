import { anchorOf } from "./anchor";

/** How long the page may take to draw a message that has just been loaded. */
const PATIENCE_FRAMES = 120;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Leads the reader to a message that is in the list: in the middle of the view, or from its beginning, focused, and marked
 * until the focus goes on. The frames before let what was loaded find its place first.
 */
export async function reveal(seq: number): Promise<void> {
  await nextFrame();
  for (let frame = 0; frame < PATIENCE_FRAMES; frame++) {
    await nextFrame();
    const element = document.getElementById(anchorOf(seq));
    if (!element) continue;
    element.dataset.marked = "";
    element.addEventListener("blur", () => delete element.dataset.marked, { once: true });
    element.focus({ preventScroll: true });
    const log = element.closest("[role=log]")?.clientHeight ?? Infinity;
    // Of what is taller than the view, one reads the beginning.
    const intoView = () =>
      element.scrollIntoView({ block: element.offsetHeight > log ? "start" : "center" });
    intoView();
    // What was out of sight may have another height than was thought.
    await nextFrame();
    intoView();
    return;
  }
}
