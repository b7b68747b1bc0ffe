import { expectAccessible } from "./axe";
import { connection, enter, expect, signedIn, test, type Person } from "./fixtures";

const row = ({ page }: Person, name: string) =>
  page
    .getByRole("main")
    .getByRole("list", { name: "People" })
    .getByRole("listitem")
    .filter({ hasText: name });

async function find(admin: Person, email: string) {
  await admin.page.goto("/admin");
  await admin.page.getByLabel("Name or email").fill(email);
  await admin.page.getByRole("button", { name: "Search" }).click();
  await expect(row(admin, email)).toHaveCount(1);
}

test("an admin finds somebody and disables them: out of the room, and no way back until enabled", async ({
  demo,
  person,
  stranger,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const [ada, maya] = [await demo("ada"), await person("Maya")];
  await enter(maya.page, "general");
  await ada.page.goto("/rooms");
  await ada.page.getByRole("button", { name: /^Account/ }).click();
  await ada.page.getByRole("menuitem", { name: "People" }).click();
  await expect(ada.page).toHaveURL("/admin");
  await find(ada, maya.email);
  await expect(row(ada, maya.email)).toContainText("1 sign-in");

  const disable = ada.page.getByRole("button", { name: "Disable Maya" });
  await disable.click();
  const dialog = ada.page.getByRole("dialog", { name: "Disable Maya?" });
  await expectAccessible(ada.page);
  await ada.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(connection(maya.page)).toHaveText(/^Live/);
  await disable.click();
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(connection(maya.page)).toHaveText(/^Signed out/);
  await expect(ada.page.getByRole("status")).toHaveText("Maya is disabled.");
  await expect(row(ada, maya.email)).toContainText("Disabled");

  const again = await stranger();
  const signIn = async () => {
    await again.goto("/sign-in");
    await again.getByLabel("Email").fill(maya.email);
    await again.getByLabel("Password", { exact: true }).fill(maya.password);
    await again.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await signIn();
  await expect(again.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await ada.page.getByRole("button", { name: "Enable Maya" }).click();
  await ada.page.getByRole("dialog").getByRole("button", { name: "Enable" }).click();
  await expect(ada.page.getByRole("status")).toHaveText("Maya may sign in again.");
  await signIn();
  await expect(again).toHaveURL("/rooms");
});

test("an admin ends somebody's sign-ins, by keyboard alone; they may sign in again", async ({
  demo,
  person,
}) => {
  const [ada, maya] = [await demo("ada"), await person("Maya")];
  await enter(maya.page, "general");
  await find(ada, maya.email);
  const end = ada.page.getByRole("button", { name: "End all sign-ins of Maya" });
  await expect(end).toBeEnabled();
  await end.focus();
  await ada.page.keyboard.press("Enter");
  const dialog = ada.page.getByRole("dialog", { name: "End all sign-ins of Maya?" });
  await dialog.getByRole("button", { name: "End sessions" }).focus();
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByRole("status")).toHaveText(/^Maya is signed out: 1 sign-in ended/);
  await expect(connection(maya.page)).toHaveText(/^Signed out/);
  await expect(row(ada, maya.email)).toContainText("Signed in nowhere");
  await signedIn(maya.page, maya);
  await enter(maya.page, "general");
});

test("the list is paged and searched; what it shows is in the address", async ({
  demo,
  account,
}) => {
  const ada = await demo("ada");
  for (let made = 0; made < 52; made++) await account("Zed");
  await ada.page.goto("/admin?search=zed");
  await expect(row(ada, "Zed")).toHaveCount(50);
  await ada.page.getByRole("link", { name: "Next page" }).click();
  await expect(row(ada, "Zed")).toHaveCount(2);
  await expect(ada.page.getByRole("link", { name: "Next page" })).toHaveCount(0);
  await ada.page.getByRole("link", { name: "First page" }).click();
  await expect(row(ada, "Zed")).toHaveCount(50);
  await ada.page.goto("/admin?search=nobody-of-that-name");
  await expect(ada.page.getByText("Nobody whose name or email holds")).toBeVisible();
  await expectAccessible(ada.page);
});

test("for everybody else there is no such page, no such list and no way to it", async ({
  person,
  stranger,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("404");
  const bo = await person("Bo");
  const answer = await bo.page.goto("/admin?search=example");
  expect(answer?.status()).toBe(404);
  expect(await bo.page.content()).not.toContain(`ada@${"example.com"}`);
  await expect(bo.page.getByRole("heading", { name: /no door here/i })).toBeVisible();
  expect((await bo.context.request.get("/api/admin/people")).status()).toBe(403);
  const act = await bo.context.request.post("/api/admin/people/any/end-sessions", {
    headers: { origin: stack.url },
  });
  expect(act.status()).toBe(403);
  await bo.page.goto("/rooms");
  await bo.page.getByRole("button", { name: /^Account/ }).click();
  await expect(bo.page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
  await expect(bo.page.getByRole("menuitem", { name: "People" })).toHaveCount(0);
  const guest = await stranger();
  await guest.goto("/admin");
  await expect(guest).toHaveURL(/\/sign-in\?callbackUrl=%2Fadmin/);
});
