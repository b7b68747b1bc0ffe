import { createClient } from "@libsql/client";
import { expectAccessible } from "./axe";
import { connection, expect, messages, say, test, type Person, idOf } from "./fixtures";

let serial = 0;

/** A room of `owner` that only members enter. */
async function closedRoom(owner: Person, origin: string, visibility = "invite"): Promise<string> {
  const id = `attic-${Date.now().toString(36)}-${serial++}`;
  const answer = await owner.context.request.post("/api/rooms", {
    headers: { origin },
    data: { id, name: "Attic", topic: "Under the roof", visibility },
  });
  expect(answer.status()).toBe(201);
  return id;
}

async function invite(owner: Person, origin: string, room: string, data: object = {}) {
  const path = `/api/rooms/${room}/invites`;
  const answer = await owner.context.request.post(path, { headers: { origin }, data });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as { id: string; path: string };
}

const usesOf = async ({ context }: Person, room: string): Promise<number[]> => {
  const { invites } = await (await context.request.get(`/api/rooms/${room}/invites`)).json();
  return (invites as { uses: number }[]).map(({ uses }) => uses);
};

test("a stranger signs in, is back at the invitation, joins, and is heard; one use is counted", async ({
  person,
  account,
  stranger,
  stack,
}) => {
  const ada = await person("Ada");
  const room = await closedRoom(ada, stack.url);
  const { path } = await invite(ada, stack.url, room, { maxUses: 2 });
  const bo = await account("Bo");
  const page = await stranger();
  await page.goto(path);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await page.getByLabel("Email").fill(bo.email);
  await page.getByLabel("Password", { exact: true }).fill(bo.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(path);
  await expect(page.getByRole("heading", { name: "Attic" })).toBeVisible();
  await expect(page.getByText("Under the roof")).toBeVisible();
  await expect(page.getByText("Ada invites you to")).toBeVisible();
  await expectAccessible(page);
  // Looking is no joining, however often.
  await page.reload();
  await expect(page.getByRole("heading", { name: "Attic" })).toBeVisible();
  expect(await usesOf(ada, room)).toEqual([0]);

  await ada.page.goto(`/rooms/${room}`);
  await page.getByRole("button", { name: "Join Attic" }).click();
  await expect(page).toHaveURL(`/rooms/${room}`);
  await expect(connection(page)).toHaveText(/^Live/);
  await say(page, "Found the stairs");
  await expect(messages(ada.page).last()).toContainText("Found the stairs");
  expect(await usesOf(ada, room)).toEqual([1]);

  // Who is in already is led in, and uses nothing up.
  await page.goto(path);
  await expect(page).toHaveURL(`/rooms/${room}`);
  expect(await usesOf(ada, room)).toEqual([1]);
});

test("an invitation that is used up, taken back or no invitation leads nowhere, in the same words", async ({
  person,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("404");
  const [ada, bo, cleo] = [await person("Ada"), await person("Bo"), await person("Cleo")];
  const room = await closedRoom(ada, stack.url, "private");
  const once = await invite(ada, stack.url, room);
  const taken = await invite(ada, stack.url, room);
  await cleo.page.goto(once.path);
  await expect(cleo.page.getByRole("button", { name: "Join Attic" })).toBeEnabled();
  await bo.page.goto(once.path);
  await bo.page.getByRole("button", { name: "Join Attic" }).click();
  await expect(bo.page).toHaveURL(`/rooms/${room}`);
  // The page was open already: its button says what happened.
  await cleo.page.getByRole("button", { name: "Join Attic" }).click();
  await expect(cleo.page.getByRole("alert").filter({ hasText: "last place" })).toBeVisible();

  await ada.context.request.delete(`/api/rooms/${room}/invites/${taken.id}`, {
    headers: { origin: stack.url },
  });
  for (const path of [once.path, taken.path, `/invite/${"a".repeat(32)}`, "/invite/no"]) {
    const answer = await cleo.page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(cleo.page.getByRole("heading", { name: /leads nowhere/ })).toBeVisible();
    await expect(cleo.page.getByText("Attic")).toHaveCount(0);
  }
  await expectAccessible(cleo.page);
});

test("an invitation that has run out is refused", async ({ person, stack, expectedErrors }) => {
  expectedErrors.push("404");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const room = await closedRoom(ada, stack.url);
  const { path } = await invite(ada, stack.url, room, { expiresInSeconds: 60 });
  await bo.page.goto(path);
  const join = bo.page.getByRole("button", { name: "Join Attic" });
  await expect(join).toBeEnabled();
  const database = createClient({ url: stack.databaseUrl });
  await database.execute("UPDATE invites SET expires_at = expires_at - 61000");
  database.close();
  await join.click();
  await expect(bo.page.getByRole("alert").filter({ hasText: "cannot be used" })).toBeVisible();
  expect((await bo.page.goto(path))?.status()).toBe(404);
});

test("somebody banned is told so at the invitation: until when, and why", async ({
  person,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("403");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const room = await closedRoom(ada, stack.url);
  const { path } = await invite(ada, stack.url, room);
  const answer = await ada.context.request.post(`/api/rooms/${room}/bans`, {
    headers: { origin: stack.url },
    data: { user: await idOf(bo), seconds: 3_600, reason: "Drums after ten" },
  });
  expect(answer.status()).toBe(201);
  expect((await bo.page.goto(path))?.status()).toBe(403);
  await expect(bo.page.getByRole("heading", { name: "You can’t come in." })).toBeVisible();
  await expect(
    bo.page.getByText(/^Banned from this room until .+ by a moderator: Drums after ten\.$/),
  ).toBeVisible();
  await expect(bo.page.getByRole("button", { name: /Join/ })).toHaveCount(0);
  await expect(bo.page.getByRole("button", { name: "Account: Bo" })).toBeVisible();
  await expectAccessible(bo.page);
  expect(await usesOf(ada, room)).toEqual([0]);
});

test("an invite-only room is made from the page, and others see how to get in", async ({
  person,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const name = `Back room ${Date.now().toString(36)}`;
  await ada.page.goto("/rooms");
  await ada.page.getByLabel("Room name").fill(name);
  await ada.page.getByRole("radio", { name: /Invite-only/ }).check();
  await ada.page.getByRole("button", { name: "Create room" }).click();
  await expect(connection(ada.page)).toHaveText(/^Live/);
  await bo.page.goto("/rooms");
  const listed = bo.page.getByRole("list", { name: "By invitation" }).getByRole("listitem");
  await expect(listed.filter({ hasText: name })).toContainText("Ask for a link");
  await expect(bo.page.getByRole("link", { name: new RegExp(name) })).toHaveCount(0);
  await expectAccessible(bo.page);
});
