import { readFile } from "node:fs/promises";
import { expectAccessible } from "./axe";
import { enter, expect, messages, say, test, type Person } from "./fixtures";

async function leave({ page, password }: Person, choice: string) {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Delete account" }).click();
  await page.getByRole("radio", { name: choice }).check();
  await page.getByLabel("Your password").fill(password);
  const deleted = page.waitForResponse("**/api/account");
  await page.getByRole("button", { name: "Delete for good" }).click();
  expect((await deleted).status()).toBe(200);
}

test("what one downloads holds one's own messages, and nobody else's", async ({ person, room }) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(maya);
  await enter(maya.page, id);
  await enter(bo.page, id);
  await say(maya.page, "Mine to keep");
  await say(bo.page, "Not yours to take");
  await expect(messages(maya.page)).toHaveCount(2);

  await maya.page.goto("/settings");
  const downloading = maya.page.waitForEvent("download");
  await maya.page.getByRole("button", { name: "Download my data" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("guestlist.json");
  const text = await readFile(await download.path(), "utf8");
  const data = JSON.parse(text);
  expect(data.profile).toMatchObject({ name: "Maya", email: maya.email });
  expect(data.messages).toMatchObject([{ room: id, text: "Mine to keep" }]);
  expect(text).not.toContain("Not yours");
  expect(text).not.toContain(bo.email);
  await expect(maya.page.getByText("with 1 message of yours")).toBeVisible();
});

test("who leaves without their name leaves the words to the others, and no name", async ({
  person,
  room,
}) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(bo);
  await enter(bo.page, id);
  await enter(maya.page, id);
  await say(maya.page, "Somebody said this");
  await expect(messages(bo.page)).toHaveCount(1);
  await leave(maya, "Leave them, without my name");
  await expect(messages(bo.page)).toHaveAccessibleName(/^Deleted person, /);
  await expect(messages(bo.page)).toContainText("Somebody said this");
  await expect(bo.page.getByText("Maya")).toHaveCount(0);
});

test("who takes their words away leaves none; the choice can be made by keyboard, and axe agrees", async ({
  person,
  room,
}) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(bo);
  await enter(bo.page, id);
  await enter(maya.page, id);
  await say(maya.page, "Gone tomorrow");
  await expect(messages(bo.page)).toHaveCount(1);
  await maya.page.goto("/settings");
  await maya.page.getByRole("button", { name: "Delete account" }).click();
  await maya.page.getByRole("radio", { name: "Leave them, under my name" }).focus();
  await maya.page.keyboard.press("ArrowDown");
  await maya.page.keyboard.press("ArrowDown");
  await expect(maya.page.getByRole("radio", { name: "Take the words away" })).toBeChecked();
  await expectAccessible(maya.page);
  await leave(maya, "Take the words away");
  await expect(bo.page.getByText("Gone tomorrow")).toHaveCount(0);
  await expect(messages(bo.page)).toHaveCount(1);
});
