import { expectNothingFound } from "./axe";
import { connection, enter, expect, messages, say, test } from "./fixtures";

test("a private room is refused to strangers and open to its members", async ({
  demo,
  expectedErrors,
}) => {
  expectedErrors.push("403", "404");
  const linus = await demo("linus");
  await linus.page.goto("/rooms/founders");
  await expect(linus.page.getByRole("heading", { name: /private/i })).toBeVisible();
  const refused = await linus.context.request.post("/api/party/token", {
    headers: { origin: new URL(linus.page.url()).origin },
    data: { room: "founders", use: "connect" },
  });
  expect(refused.status()).toBe(403);

  const grace = await demo("grace");
  await enter(grace.page, "founders");
});

test("who is refused may go, or come back as somebody else: the account menu is there", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("403");
  const { page } = await person("Bo");
  const settings = `/rooms/${await room(await person("Ada"))}/settings`;
  for (const [address, heading] of [
    ["/rooms/founders", /private/i],
    [settings, /staff only/i],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    await expectNothingFound(page);
    await page.getByRole("button", { name: "Account: Bo" }).click();
    await expect(page.getByRole("menuitem", { name: "Settings" })).toBeVisible();
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Account: Bo" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
});

test("a room that does not exist is a page of the house", async ({ person, expectedErrors }) => {
  expectedErrors.push("404");
  const ada = await person("Ada");
  await ada.page.goto("/rooms/no-such-room");
  await expect(ada.page.getByRole("heading", { name: /no door here/i })).toBeVisible();
  await expect(ada.page.getByRole("button", { name: "Account: Ada" })).toBeVisible();
});

test("a room is made from the page and listed for others", async ({ person }) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const name = `Night shift ${Date.now().toString(36)}`;
  await ada.page.goto("/rooms");
  await ada.page.getByLabel("Room name").fill(name);
  await ada.page.getByRole("button", { name: "Create room" }).click();
  await expect(connection(ada.page)).toHaveText(/^Live/);
  await bo.page.goto("/rooms");
  await bo.page
    .getByRole("main")
    .getByRole("link", { name: new RegExp(name) })
    .click();
  await expect(connection(bo.page)).toHaveText(/^Live/);
});

test("the owner of a private room adds somebody, who may then come in", async ({
  person,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("403", "404");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = `cellar-${Date.now().toString(36)}`;
  await ada.context.request.post("/api/rooms", {
    headers: { origin: stack.url },
    data: { id, name: "Cellar", visibility: "private" },
  });
  await bo.page.goto(`/rooms/${id}`);
  await expect(bo.page.getByRole("heading", { name: /private/i })).toBeVisible();

  await enter(ada.page, id);
  await ada.page.getByText("Add somebody").click();
  await ada.page.getByLabel("Their email").fill("nobody@example.com");
  await ada.page.getByRole("button", { name: "Add to the list" }).click();
  await expect(ada.page.getByText("Nobody here has that email")).toBeVisible();
  await ada.page.getByLabel("Their email").fill(bo.email);
  await ada.page.getByRole("button", { name: "Add to the list" }).click();
  await expect(ada.page.getByText("may come in now")).toBeVisible();
  await enter(bo.page, id);
});

test("the party dies and comes back: nothing acknowledged is lost and both pages recover alone", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("WebSocket connection");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  for (let index = 1; index <= 5; index++) await say(ada.page, `Before ${index}`);
  await expect(messages(bo.page)).toHaveCount(5);
  await stack.party.kill();
  await expect(connection(ada.page)).toHaveText(/^Reconnecting/);
  await say(ada.page, "While it was away");
  await stack.party.start();
  for (const { page } of [ada, bo]) {
    await expect(connection(page)).toHaveText(/^Live/, { timeout: 45_000 });
    await expect(messages(page)).toHaveCount(6);
    await expect(messages(page).last()).toContainText("While it was away");
  }
});
