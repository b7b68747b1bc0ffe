import type { Locator, Page } from "@playwright/test";
import { connection, enter, expect, messages, test, transcript } from "./fixtures";

/** Presses a key until something has the focus: what somebody without a mouse does. */
async function walkTo(page: Page, to: Locator, key = "Tab", most = 60) {
  for (let press = 0; press < most; press++) {
    if (await to.evaluateAll((found) => found.some((one) => one === document.activeElement)))
      return;
    await page.keyboard.press(key);
  }
  await expect(to).toBeFocused();
}

test("a whole evening without a mouse: from the sign-in through two rooms to the sign-out", async ({
  stranger,
  account,
  person,
  stack,
}) => {
  test.setTimeout(180_000);
  const [owner, ada] = [await person("Bo"), await account("Ada")];
  const [closed, open] = [`club-${Date.now()}`, `hall-${Date.now()}`];
  const post = async (path: string, data: object) => {
    const headers = { origin: stack.url };
    const answer = await owner.context.request.post(path, { headers, data });
    expect(answer.status()).toBe(201);
  };
  await post("/api/rooms", { id: closed, name: "The club", visibility: "private" });
  await post("/api/rooms", { id: open, name: "The hall", visibility: "public" });
  await post(`/api/rooms/${closed}/members`, { email: ada.email, role: "member" });
  await enter(owner.page, open);

  const page = await stranger();
  const { keyboard } = page;
  const named = (role: "button" | "link" | "textbox", name: string | RegExp) =>
    page.getByRole(role, { name, exact: true });
  await test.step("signs in", async () => {
    await page.goto("/sign-in");
    await walkTo(page, named("textbox", "Email"));
    await keyboard.type(ada.email);
    await walkTo(page, page.getByLabel("Password", { exact: true }));
    await keyboard.type(ada.password);
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/\/rooms$/);
  });
  await test.step("chooses a room", async () => {
    await walkTo(page, page.getByRole("main").getByRole("link", { name: /^The hall/ }));
    await keyboard.press("Enter");
    await expect(connection(page)).toHaveText(/^Live/);
  });
  const composer = named("textbox", "Message");
  await test.step("writes, and mends what was written", async () => {
    await walkTo(page, composer);
    await keyboard.type("Good evning");
    await keyboard.press("Enter");
    await expect(messages(page)).toHaveCount(1);
    await expect(messages(page).first()).toHaveAccessibleName(/^Ada, [^,]*$/);
    await keyboard.press("ArrowUp");
    await expect(named("textbox", "Edit message")).toBeFocused();
    await keyboard.press("Control+a");
    await keyboard.type("Good evening");
    await keyboard.press("Enter");
    await expect(composer).toBeFocused();
    await expect(messages(owner.page)).toContainText("Good evening");
  });
  const bar = page.getByRole("toolbar", { name: "Message actions" });
  const inBar = async (name: string) => {
    await keyboard.press("Enter");
    await expect(bar).toBeVisible();
    await walkTo(page, bar.getByRole("button", { name, exact: true }), "ArrowRight");
    await keyboard.press("Enter");
  };
  await test.step("answers, reacts, follows the quote, and deletes", async () => {
    await walkTo(page, transcript(page), "Shift+Tab");
    await keyboard.press("End");
    await inBar("Reply");
    await expect(composer).toBeFocused();
    await keyboard.type("To myself");
    await keyboard.press("Enter");
    await expect(messages(page)).toHaveCount(2);
    await walkTo(page, transcript(page), "Shift+Tab");
    await keyboard.press("End");
    await inBar("React with 👍");
    await expect(named("button", "👍 1: you")).toBeVisible();
    await walkTo(page, messages(page).getByTitle("Go to this message"), "ArrowLeft");
    await keyboard.press("Enter");
    await expect(messages(page).first()).toBeFocused();
    await keyboard.press("ArrowDown");
    await expect(messages(page).last()).toBeFocused();
    await inBar("Delete");
    await walkTo(page, messages(page).getByRole("group").getByRole("button", { name: "Delete" }));
    await keyboard.press("Enter");
    await expect(messages(owner.page).last()).toContainText("Deleted.");
  });
  await test.step("switches rooms, mutes one, and sees who is here", async () => {
    await keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Room or person" })).toBeFocused();
    await keyboard.type("the club");
    await expect(page.getByRole("option")).toHaveCount(1);
    await keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(closed));
    await expect(connection(page)).toHaveText(/^Live/);
    const mute = named("button", "Mute The hall");
    await walkTo(page, mute, "Tab");
    await expect(mute).toHaveCSS("opacity", "1");
    await keyboard.press("Enter");
    await expect(mute).toHaveAttribute("aria-pressed", "true");
    await walkTo(page, named("button", "Hide people"), "Shift+Tab");
    await keyboard.press("Enter");
    await expect(named("button", "Show people")).toBeFocused();
    await keyboard.press("Enter");
    await expect(page.getByRole("list", { name: "People" })).toBeVisible();
  });
  await test.step("leaves the club for good", async () => {
    await walkTo(page, named("button", "Leave this room"));
    await keyboard.press("Enter");
    await walkTo(
      page,
      page
        .getByRole("group", { name: /^Leave/ })
        .getByRole("button", { name: "Leave", exact: true }),
    );
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/\/rooms$/);
    await expect(page.getByRole("main").getByRole("link", { name: /^The hall/ })).toContainText(
      "(muted)",
    );
    await expect(page.getByRole("link", { name: /^The club/ })).toHaveCount(0);
  });
  await test.step("signs out", async () => {
    await walkTo(page, named("button", "Account: Ada"));
    await keyboard.press("Enter");
    await walkTo(page, page.getByRole("menuitem", { name: "Sign out" }), "ArrowDown");
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
