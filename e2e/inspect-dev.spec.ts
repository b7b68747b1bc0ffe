import { enter, expect, test } from "./fixtures";

test.use({ mode: "dev", stackEnv: { PARTY_LEASE_SECONDS: "60", PARTY_GRACE_SECONDS: "20" } });

test("under glass: the token decoded, events in order, and every trouble at the press of a button", async ({
  demo,
  expectedErrors,
}) => {
  test.setTimeout(180_000);
  expectedErrors.push("409");
  const { page } = await demo("ada");
  await page.goto("/inspect?room=engineering");
  const region = (name: string) => page.getByRole("region", { name });
  const fact = (name: string) =>
    page.getByRole("term").filter({ hasText: name }).locator("xpath=following-sibling::dd[1]");
  const phase = fact("phase");
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const newest = region("Timeline").getByRole("listitem");
  const happened = (...events: (string | RegExp)[]) =>
    expect
      .poll(async () => {
        const all = (await newest.allTextContents()).map((text) => text.replace(/^[\d.]+ s/, ""));
        return all.slice(0, events.length).reverse();
      })
      .toEqual(
        events.map((event) => (event instanceof RegExp ? expect.stringMatching(event) : event)),
      );

  await expect(phase).toHaveText("connected", { timeout: 60_000 });
  await expect(fact("room")).toHaveText("engineering");
  await expect(fact("typ")).toHaveText("party+jwt");
  await expect(page.locator("main")).not.toContainText("eyJ");
  await happened(
    "token asked for, to connect",
    "token route answers 200",
    "dial",
    /^welcome: lease 60000 ms, refresh in \d+ ms$/,
  );
  const jti = await fact("jti").textContent();

  await press("Expire now");
  await happened(
    "auth.expired: grace 20000 ms",
    "token asked for, to refresh",
    "token route answers 200",
    "auth.refresh sent",
    /^auth\.refreshed: lease 60000 ms/,
  );
  await expect(fact("refreshes")).toHaveText("1");
  await expect(fact("jti")).not.toHaveText(jti ?? "");

  await press("Drop the socket");
  await expect(fact("dials")).toHaveText("2");
  await expect(phase).toHaveText("connected");

  await press("Spend the token twice");
  await expect(newest.filter({ hasText: "closed 4409 token_spent" })).toHaveCount(1);
  await expect(phase).toHaveText("connected");

  for (const answer of ["500", "429"]) {
    await press(answer);
    await press("Drop the socket");
    await expect(
      newest.filter({ hasText: `token route answers ${answer} (made up here)` }),
    ).toHaveCount(1);
    await press("Try now");
    await expect(phase).toHaveText("connected", { timeout: 30_000 });
  }

  await press("Freeze");
  await expect(newest.filter({ hasText: "frozen" })).toHaveCount(1);
  await press("Thaw");
  await expect(newest.filter({ hasText: "thawed" })).toHaveCount(1);
  await expect(phase).toHaveText("connected");

  await press("401");
  await press("Drop the socket");
  // The wait before a dial has grown by now.
  await press("Try now");
  await expect(phase).toHaveText("signed_out");
  await happened("token asked for, to connect", "token route answers 401 (made up here)");
});

test("every dialog and sheet opens in the development server as in the built app, and stays", async ({
  demo,
}) => {
  test.setTimeout(120_000);
  const { page } = await demo("grace");
  // Compiled as it is asked for.
  await page.goto("/rooms/engineering", { timeout: 60_000 });
  await enter(page, "engineering");
  const dialog = page.getByRole("dialog");
  await page.keyboard.press("Control+k");
  await expect(dialog.getByRole("combobox")).toBeFocused({ timeout: 30_000 });
  await dialog.getByRole("combobox").pressSequentially("gen");
  await expect(dialog.getByRole("option")).not.toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("banner").getByRole("button", { name: "Rooms" }).click();
  await expect(dialog.getByRole("link", { name: /General/ })).toBeVisible({ timeout: 30_000 });
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/\/rooms\/engineering$/);
});
