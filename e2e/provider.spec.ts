import { connection, enter, expect, signedIn, test } from "./fixtures";

test.use({ stackEnv: { GITHUB_ID: "an-id", GITHUB_SECRET: "a-secret" } });

test("signing in through a provider is followed by the other tabs, without a reload", async ({
  person,
  room,
  stack,
}) => {
  const noor = await person("Noor");
  const { page } = noor;
  const other = await noor.tab();
  await enter(other, await room(noor));
  // Gone with a reload.
  await other.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.goto("/rooms");
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(connection(other)).toHaveText(/^Signed out/);

  await page.route("https://github.com/**", async (route) => {
    await signedIn(page, noor);
    await route.fulfill({ status: 302, headers: { location: `${stack.url}/rooms` } });
  });
  await page.getByRole("button", { name: "Continue with GitHub" }).click();
  await expect(page).toHaveURL(/\/rooms/);
  await expect(connection(other)).toHaveText(/^Live/);
  expect(await other.evaluate(() => "sameDocument" in window)).toBe(true);
});
