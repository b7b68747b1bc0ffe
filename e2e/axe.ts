import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** axe finds nothing on the page as it is, in the theme it is in. */
export async function expectNothingFound(page: Page, name?: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
  expect(found, name).toEqual([]);
}

/** axe finds nothing on the page as it is, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const theme of ["light", "dark"]) {
    // As the account menu does it.
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    await expectNothingFound(page, theme);
  }
}
