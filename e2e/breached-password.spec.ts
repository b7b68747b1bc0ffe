import { rangeOf, rangeServer } from "../scripts/lib/testing/range-server.mjs";
import { expect, test } from "./fixtures";

const STOLEN = "quiet lantern on the stairs";
const OWN = "violet otter piano lamp";
const SENTENCE = /found in a data breach/;

let asked: { path: string }[] = [];
test.use({
  stackEnv: [
    async ({}, use) => {
      const list = await rangeServer((prefix, response) => response.end(rangeOf(prefix, [STOLEN])));
      asked = list.asked;
      await use({ PASSWORD_RANGE_URL: list.url });
      await list.stop();
    },
    { scope: "worker" },
  ],
});

test("a password that was stolen somewhere is refused with a word, at sign-up and at a change", async ({
  stranger,
  expectedErrors,
}) => {
  expectedErrors.push("400 (Bad Request)");
  const page = await stranger();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Noor");
  const email = `noor-${Date.now()}@example.com`;
  await page.getByLabel("Email").fill(email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill(STOLEN);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(password).toHaveAccessibleDescription(SENTENCE);
  await expect(page).toHaveURL(/sign-up/);
  expect(asked).toHaveLength(1);

  await password.fill(OWN);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/rooms/);

  await page.goto("/settings");
  await page.getByLabel("Current password").fill(OWN);
  const other = page.getByLabel("New password");
  await other.fill(STOLEN);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(other).toHaveAccessibleDescription(SENTENCE);
  expect(asked.map(({ path }) => path)).toEqual([
    expect.stringMatching(/^\/range\/[0-9A-F]{5}$/),
    expect.stringMatching(/^\/range\/[0-9A-F]{5}$/),
    asked[0]?.path,
  ]);
});
