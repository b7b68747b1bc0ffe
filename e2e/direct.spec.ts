import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import {
  connection,
  enter,
  expect,
  hide,
  messages,
  people,
  say,
  test,
  type Person,
  idOf,
} from "./fixtures";

/** Opens the menu of somebody who is in the room. */
async function about({ page }: Person, name: string) {
  await people(page).filter({ hasText: name }).hover();
  await page.getByRole("button", { name: `About ${name}`, exact: true }).click();
}
const item = (page: Page, name: string) => page.getByRole("menuitem", { name, exact: true });

test("one writes to another from the list of people, and is answered live", async ({
  person,
  room,
}) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(maya);
  await enter(maya.page, id);
  await enter(bo.page, id);
  await about(maya, "Bo");
  await item(maya.page, "Message Bo").click();
  await expect(maya.page).toHaveURL(/\/rooms\/dm-/);
  await expect(maya.page.getByRole("heading", { level: 1 })).toHaveText("Bo");
  await expect(connection(maya.page)).toHaveText(/^Live/);
  await say(maya.page, "Just for you");

  await bo.page.goto("/rooms");
  const direct = bo.page.getByRole("list", { name: "Direct messages" });
  await expectAccessible(bo.page);
  await direct.getByRole("link", { name: /Maya/ }).click();
  await expect(bo.page.getByRole("heading", { level: 1 })).toHaveText("Maya");
  await expect(messages(bo.page)).toContainText(["Just for you"]);
  await say(bo.page, "And for you");
  await expect(messages(maya.page).last()).toContainText("And for you");
  // Between two nobody adds anybody, and nobody leaves.
  await expect(maya.page.getByText("Add somebody")).toHaveCount(0);
  await expectAccessible(maya.page);
});

test("one writes to somebody by their address; a third sees nothing of it", async ({
  person,
  expectedErrors,
}) => {
  expectedErrors.push("400", "403", "404");
  const [maya, bo, cleo] = [await person("Maya"), await person("Bo"), await person("Cleo")];
  await maya.page.goto("/rooms");
  const field = maya.page.getByLabel("Their email");
  const write = maya.page.getByRole("button", { name: "Write to them" });
  await field.fill(maya.email);
  await write.click();
  await expect(maya.page.getByText("That is your own address")).toBeVisible();
  await field.fill("nobody-at-all@example.com");
  await write.click();
  await expect(maya.page.getByText("Nobody here has that email")).toBeVisible();
  await field.fill(bo.email);
  await write.click();
  await expect(maya.page).toHaveURL(/\/rooms\/dm-/);
  await cleo.page.goto(new URL(maya.page.url()).pathname);
  await expect(cleo.page.getByRole("heading", { name: /private/i })).toBeVisible();
});

test("the quick switch writes to somebody who is here", async ({ person, room }) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(maya);
  await enter(bo.page, id);
  await enter(maya.page, id);
  await expect(people(maya.page)).toHaveCount(2);
  await maya.page.keyboard.press("ControlOrMeta+k");
  await maya.page.getByRole("combobox", { name: "Room or person" }).fill("bo");
  await maya.page.getByRole("option").filter({ hasText: "Message" }).click();
  await expect(maya.page).toHaveURL(/\/rooms\/dm-/);
});

test("a hidden person's words are folded away, unfold on demand, and notify nobody", async ({
  person,
  room,
}) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(maya);
  await enter(maya.page, id);
  await enter(bo.page, id);
  await say(bo.page, "Look at me");
  await expect(messages(maya.page)).toContainText(["Look at me"]);
  await about(maya, "Bo");
  await item(maya.page, "Hide Bo").click();
  await expect(people(maya.page).filter({ hasText: "Bo" })).toContainText("(hidden)");
  await expect(maya.page.getByText("Look at me")).toHaveCount(0);
  await expect(maya.page.getByText("Hidden message")).toBeVisible();
  await expectAccessible(maya.page);

  // Neither their typing nor their mention reaches her; to him nothing is different.
  const title = await maya.page.title();
  await hide(maya.page, true);
  await bo.page.getByRole("textbox", { name: "Message" }).pressSequentially("@Maya ");
  await say(bo.page, "@Maya look");
  await expect(messages(bo.page).filter({ hasText: "look" })).toHaveCount(2);
  await expect(maya.page.getByText(/[Hh]idden message/).first()).toBeVisible();
  await expect(maya.page).toHaveTitle(title);
  await hide(maya.page, false);

  await maya.page.getByRole("button", { name: "Show", exact: true }).first().click();
  await expect(maya.page.getByText("Look at me")).toBeVisible();

  // It holds on other devices and after a reload, until she shows him again.
  await maya.page.reload();
  await expect(maya.page.getByText(/[Hh]idden message/).first()).toBeVisible();
  await expect(maya.page.getByText("Look at me")).toHaveCount(0);
  await maya.page.goto("/settings");
  const list = maya.page.getByRole("list", { name: "Hidden people" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await maya.page.getByRole("button", { name: "Show Bo again" }).click();
  await expect(maya.page.getByText("Bo is shown again.")).toBeVisible();
  await enter(maya.page, id);
  await expect(maya.page.getByText("Look at me")).toBeVisible();
});

test("between two of whom one has hidden the other both only read, and each is told why", async ({
  person,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("403");
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const answer = await maya.context.request.post("/api/direct", {
    headers: { origin: stack.url },
    data: { user: await idOf(bo) },
  });
  const { id } = await answer.json();
  await enter(maya.page, id);
  await enter(bo.page, id);
  await say(bo.page, "One too many");
  await expect(messages(maya.page)).toHaveCount(1);
  await about(maya, "Bo");
  await item(maya.page, "Hide Bo").click();
  await expect(maya.page.getByText("You have hidden Bo")).toBeVisible();
  await expect(bo.page.getByText("Maya does not take messages from you")).toBeVisible();
  await expect(bo.page.getByRole("textbox", { name: "Message" })).not.toBeEditable();
  await expectAccessible(bo.page);
  await maya.page.getByRole("button", { name: "Show again" }).click();
  await expect(bo.page.getByRole("textbox", { name: "Message" })).toBeEditable();
  await say(bo.page, "Thank you");
  await expect(messages(maya.page).last()).toContainText("Thank you");
});

test("what hidden people say elsewhere is not counted, in the list of rooms neither", async ({
  person,
  room,
  stack,
}) => {
  const [maya, bo, cleo] = [await person("Maya"), await person("Bo"), await person("Cleo")];
  const id = await room(maya);
  await Promise.all([enter(maya.page, id), enter(cleo.page, id)]);
  await say(maya.page, "Worth reading");
  await say(cleo.page, "Not for everybody");
  await say(cleo.page, "Hello @Bo");
  await expect(messages(maya.page)).toHaveCount(3);
  const unread = async () => {
    const { rooms } = await (await bo.context.request.get("/api/rooms")).json();
    return (rooms as { id: string; unread: number }[]).find((one) => one.id === id)?.unread;
  };
  // What is known of a room is news for two seconds.
  await expect.poll(unread).toBe(3);
  const path = `/api/hidden/${await idOf(cleo)}`;
  const headers = { origin: stack.url };
  await bo.context.request.put(path, { headers, data: {} });
  await expect.poll(unread).toBe(1);
  await bo.context.request.delete(path, { headers });
  await expect.poll(unread).toBe(3);
});
