import type { Page } from "@playwright/test";
import { MAX_TEXT_CHARACTERS } from "../lib/protocol/limits";
import { enter, expect, messages, say, signedIn, test } from "./fixtures";

const box = (page: Page) => page.getByRole("textbox", { name: "Message" });

async function paste(page: Page, text: string) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await box(page).focus();
  await page.keyboard.press("ControlOrMeta+v");
}

test("a paste that is too long is kept whole: the counter says by how much, Send says what to do", async ({
  person,
  room,
}) => {
  const { page } = await person("Ada");
  await enter(page, await room(await person("Owner")));
  const text = "0123456789".repeat(2_500);
  await paste(page, text);
  await expect(box(page)).toHaveValue(text);
  await expect(box(page)).toHaveAccessibleDescription(`${25_000 - MAX_TEXT_CHARACTERS} too many`);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "too long" })).toBeVisible();
  await expect(box(page)).toHaveValue(text);
  await box(page).fill(text.slice(0, MAX_TEXT_CHARACTERS));
  await expect(box(page)).toHaveAccessibleDescription("0 left");
  await box(page).press("Enter");
  await expect(messages(page)).toHaveCount(1);
  await expect(box(page)).toHaveValue("");
});

test("a draft survives a reload and a walk to another room, and is gone once sent", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  const [here, there] = [await room(ada), await room(ada)];
  await enter(page, here);
  await box(page).fill("Half a thought\nand more");
  await page.reload();
  await expect(box(page)).toHaveValue("Half a thought\nand more");
  const rooms = page.getByRole("navigation", { name: "Rooms" });
  await rooms.locator(`a[href="/rooms/${there}"]`).click();
  await expect(page).toHaveURL(`/rooms/${there}`);
  await expect(box(page)).toHaveValue("");
  await box(page).fill("Another one");
  await rooms.locator(`a[href="/rooms/${here}"]`).click();
  await expect(page).toHaveURL(`/rooms/${here}`);
  await expect(box(page)).toHaveValue("Half a thought\nand more");
  await box(page).press("Enter");
  await expect(messages(page)).toHaveCount(1);
  await page.reload();
  await expect(messages(page)).toHaveCount(1);
  await expect(box(page)).toHaveValue("");
});

test("who signs in after somebody in the same tab does not find their draft", async ({
  person,
  room,
  account,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await enter(ada.page, id);
  await box(ada.page).fill("Nobody's business");
  await ada.context.clearCookies();
  await signedIn(ada.page, await account("Bo"));
  await enter(ada.page, id);
  await expect(box(ada.page)).toHaveValue("");
});

test("what an input method composes is not sent by the Enter that ends it", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  await box(page).focus();
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", {
    selectionStart: 2,
    selectionEnd: 2,
    text: "\u306b\u307b",
  });
  const enterKey = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 };
  await client.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enterKey });
  await client.send("Input.insertText", { text: "\u65e5\u672c" });
  // Safari's order: the composition has ended, and the key that ended it comes after.
  await box(page).evaluate((element) =>
    element.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true }),
    ),
  );
  await expect(box(page)).toHaveValue("\u65e5\u672c");
  await expect(messages(page)).toHaveCount(0);
  await box(page).press("Enter");
  await expect(messages(page)).toHaveCount(1);
});

test("by touch Enter breaks the line, and the button sends and keeps the keyboard open", async ({
  stranger,
  account,
  person,
  room,
}) => {
  const id = await room(await person("Owner"));
  const page = await stranger({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await signedIn(page, await account("Ada"));
  await enter(page, id);
  await box(page).tap();
  await box(page).pressSequentially("- one");
  await box(page).press("Enter");
  await box(page).pressSequentially("- two");
  await expect(box(page)).toHaveValue("- one\n- two");
  const send = page.getByRole("button", { name: "Send" });
  const size = await send.boundingBox();
  expect(Math.min(size?.width ?? 0, size?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await send.tap();
  await expect(messages(page).getByRole("listitem")).toHaveText(["one", "two"]);
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue("");
  await say(page, "again");
  await expect(messages(page)).toHaveCount(2);
});
