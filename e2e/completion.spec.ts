import { expectNothingFound } from "./axe";
import { enter, expect, messages, people, say, test } from "./fixtures";

test("@ offers the people in the room, and who is mentioned sees their name stand out", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bobby")];
  const cy = await person("Cy");
  const id = await room(ada);
  for (const { page } of [ada, bo, cy]) await enter(page, id);
  await expect(people(ada.page)).toHaveCount(3);
  const box = ada.page.getByRole("textbox", { name: "Message" });
  const list = ada.page.getByRole("listbox", { name: "People to mention" });
  await box.pressSequentially("Thanks @");
  await expect(list.getByRole("option")).toHaveText([/Bobby/, /Cy/]);
  await box.press("ArrowDown");
  await expect(list.getByRole("option", { name: "Cy" })).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute(
    "aria-activedescendant",
    (await list.getByRole("option", { name: "Cy" }).getAttribute("id"))!,
  );
  await box.press("ArrowUp");
  await box.press("Enter");
  await expect(box).toHaveValue("Thanks @Bobby ");
  await expect(list).toHaveCount(0);
  await expect(messages(ada.page)).toHaveCount(0);
  await box.pressSequentially("and @cy");
  await expect(list).toHaveCount(0);
  await box.press("Enter");
  await expect(messages(bo.page)).toHaveCount(1);
  const weight = (page: typeof bo.page, text: string) =>
    messages(page)
      .getByText(text, { exact: true })
      .evaluate((element) => Number(getComputedStyle(element).fontWeight));
  expect(await weight(bo.page, "@Bobby")).toBeGreaterThanOrEqual(700);
  expect(await weight(cy.page, "@Bobby")).toBeLessThan(600);
  expect(await weight(cy.page, "@cy")).toBeGreaterThanOrEqual(700);
});

test("Escape closes the list and it stays closed; a press on an option takes it; Tab too", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  for (const { page } of [ada, bo]) await enter(page, id);
  await expect(people(ada.page)).toHaveCount(2);
  const box = ada.page.getByRole("textbox", { name: "Message" });
  const list = ada.page.getByRole("listbox");
  await box.pressSequentially("@b");
  await expect(list).toBeVisible();
  await expectNothingFound(ada.page);
  await box.press("Escape");
  await expect(list).toHaveCount(0);
  await box.press("Enter");
  await expect(messages(ada.page)).toHaveCount(1);
  await box.pressSequentially("@b");
  await list.getByRole("option", { name: "Bo" }).click();
  await expect(box).toBeFocused();
  await box.pressSequentially("@");
  await box.press("Tab");
  await expect(box).toHaveValue("@Bo @Bo ");
  await box.press("ControlOrMeta+z");
  await expect(box).not.toHaveValue("@Bo @Bo ");
});

test("two letters after a colon offer emoji, and nobody loads them before", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const asked: string[] = [];
  ada.page.on("request", (request) => {
    if (request.url().includes("/emoji/")) asked.push(request.url());
  });
  await enter(ada.page, await room(ada));
  await say(ada.page, "12:30 :) fine");
  await expect(messages(ada.page)).toHaveCount(1);
  expect(asked).toEqual([]);
  const box = ada.page.getByRole("textbox", { name: "Message" });
  await box.pressSequentially("Good :thum");
  const list = ada.page.getByRole("listbox", { name: "Emoji" });
  await expect(list.getByRole("option").first()).toHaveAccessibleName(":thumbs_up:");
  await box.press("Enter");
  await expect(box).toHaveValue("Good 👍 ");
  await box.press("Enter");
  await expect(messages(ada.page).last()).toContainText("Good 👍");
  expect(asked).toHaveLength(1);
});

test("Enter waits for the emoji that are on their way, and not where they cannot be had", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("ERR_FAILED");
  const ada = await person("Ada");
  const { page } = ada;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  let lost = true;
  await page.route("**/emoji/shortcodes.json", async (route) => {
    if (lost) return route.abort();
    await arrived;
    await route.continue();
  });
  await enter(page, await room(ada));
  const box = page.getByRole("textbox", { name: "Message" });
  await expect(box).toHaveAttribute("aria-autocomplete", "list");
  await box.pressSequentially("It is :warm");
  await box.press("Enter");
  // They cannot be had this time: what was typed goes as it stands.
  await expect(messages(page).last()).toContainText("It is :warm");
  lost = false;
  await page.reload();
  await expect(box).toHaveAttribute("aria-autocomplete", "list");
  const asked = page.waitForRequest("**/emoji/shortcodes.json");
  await box.pressSequentially("Good :thum");
  await box.press("Enter");
  await asked;
  await expect(box).toHaveValue("Good :thum");
  arrive();
  await expect(box).toHaveValue("Good 👍 ");
  await box.press("Enter");
  await expect(messages(page)).toHaveText([/It is :warm/, /Good 👍/]);
});

test("a composition neither opens the list nor takes from it", async ({ person, room }) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  for (const { page } of [ada, bo]) await enter(page, id);
  await expect(people(ada.page)).toHaveCount(2);
  const box = ada.page.getByRole("textbox", { name: "Message" });
  await box.focus();
  const client = await ada.page.context().newCDPSession(ada.page);
  await client.send("Input.imeSetComposition", { selectionStart: 2, selectionEnd: 2, text: "@b" });
  await expect(box).toHaveValue("@b");
  await expect(ada.page.getByRole("listbox")).toHaveCount(0);
  await client.send("Input.insertText", { text: "@b" });
  await expect(ada.page.getByRole("listbox")).toBeVisible();
  await box.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
  await expect(box).toHaveValue("@b");
  await expect(messages(ada.page)).toHaveCount(0);
});
