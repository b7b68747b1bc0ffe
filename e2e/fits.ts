import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./axe";

/** A small phone, and a thumb. */
export const SMALL_PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
/** WCAG 2.5.8. */
const TARGET_PX = 24;

/**
 * The page as it is now fits a small phone: it does not scroll sideways, whatever can be pressed is
 * large enough and wholly on the screen's width, no word is cut off at its edge, and axe finds nothing.
 */
export async function expectFits(page: Page, name: string): Promise<void> {
  const faults = await page.evaluate((least) => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`scrolls sideways: ${scrollWidth} of ${clientWidth}`);
    const said = (element: Element) =>
      `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.trim().slice(0, 40)}`;
    // Behind something modal nothing can be pressed.
    const modal = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
    const pressed =
      "button, a[href], input:not([type=hidden]), select, summary, textarea, [role=menuitem]";
    for (const element of modal.querySelectorAll<HTMLElement>(pressed)) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const radio = element.matches("input[type=radio]") && element.closest("label");
      const box = (radio || element).getBoundingClientRect();
      if (box.width === 0 || box.right < 0) continue;
      const inSentence =
        element.matches("p a, li a") && getComputedStyle(element).display === "inline";
      // For those who skip by keyboard alone; it comes with the focus.
      const skip = element.matches("a[href='#main'], .sr-only");
      if (skip) continue;
      if (!inSentence && (box.width < least || box.height < least)) {
        found.push(`${said(element)}: ${Math.round(box.width)} × ${Math.round(box.height)}`);
      }
      if (box.left < 0 || box.right > clientWidth) found.push(`${said(element)}: off the screen`);
    }
    return found;
  }, TARGET_PX);
  expect(faults, name).toEqual([]);
  await expectAccessible(page);
}
