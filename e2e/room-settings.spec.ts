import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { connection, enter, expect, messages, people, type Person, say, test } from "./fixtures";

const section = (page: Page, name: string) => page.getByRole("region", { name });

async function keep(page: Page, room: string) {
  await page.goto(`/rooms/${room}/settings`);
  await expect(page.getByRole("heading", { name: "Room settings" })).toBeVisible();
  // Forms work once the page is alive.
  await expect(page.getByRole("button", { name: "Clear history" })).toBeEnabled();
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

async function atHome(
  person: (name: string) => Promise<Person>,
  room: (owner: Person) => Promise<string>,
) {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await enter(bo.page, id);
  return { ada, bo, id };
}

test("only those who keep a room open its settings; a rename is seen by others at once", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("403");
  const { ada, bo, id } = await atHome(person, room);
  const visitor = await bo.tab();
  const answer = await visitor.goto(`/rooms/${id}/settings`);
  expect(answer?.status()).toBe(403);
  await expect(visitor.getByRole("heading", { name: "Staff only." })).toBeVisible();
  await keep(ada.page, id);
  await expectAccessible(ada.page);
  await ada.page.getByLabel("Room name").fill("The cellar");
  await ada.page.getByLabel("Topic (optional)").fill("Bring bread");
  await ada.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(section(ada.page, "About")).toContainText("Saved.");
  await expect(bo.page.getByRole("heading", { level: 1 })).toHaveText("The cellar");
  await expect(bo.page.getByText("Bring bread")).toBeVisible();
  await expect(bo.page).toHaveTitle(/The cellar/);
});

test("lists that come late, and have nothing in them, move nothing from under the pointer", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await ada.page.route(/\/api\/rooms\/[^/]+\/(bans|invites|log|reports)$/, async (route) => {
    await arrived;
    await route.continue();
  });
  await ada.page.goto(`/rooms/${id}/settings`);
  const button = ada.page.getByRole("button", { name: "Delete room" });
  await expect(button).toBeEnabled();
  await expect(ada.page.locator(".skeleton")).toHaveCount(4);
  const before = await button.boundingBox();
  arrive();
  await expect(ada.page.locator(".skeleton")).toHaveCount(0);
  expect(await button.boundingBox()).toEqual(before);
});

test("slow mode is set on the page, holds at once and is what the page begins with", async ({
  person,
  room,
}) => {
  const { ada, bo, id } = await atHome(person, room);
  await keep(ada.page, id);
  await ada.page.getByLabel(/^Slow mode/).selectOption({ label: "1 minute" });
  await ada.page.getByRole("button", { name: "Save rules" }).click();
  await expect(bo.page.getByText("Slow mode: one message every 1:00")).toBeVisible();
  await keep(ada.page, id);
  await expect(ada.page.getByLabel(/^Slow mode/)).toHaveValue("60");
});

test("an archived room is read-only for others at once, and opens again", async ({
  person,
  room,
}) => {
  const { ada, bo, id } = await atHome(person, room);
  const field = bo.page.getByRole("textbox", { name: "Message" });
  await field.fill("still thinking");
  await keep(ada.page, id);
  await ada.page.getByRole("button", { name: "Archive", exact: true }).click();
  await ada.page.getByRole("button", { name: "Archive the room" }).click();
  await expect(bo.page.getByText("This room is archived: it can be read")).toBeVisible();
  await expect(bo.page.getByRole("link", { name: "Room settings" })).toHaveCount(0);
  await expect(field).toHaveAttribute("readonly");
  await expect(field).toHaveValue("still thinking");
  await expectAccessible(bo.page);
  const owner = await ada.tab();
  await enter(owner, id);
  await expect(owner.getByRole("link", { name: "Room settings" })).toBeVisible();
  await ada.page.getByRole("button", { name: "Open again" }).click();
  await ada.page.getByRole("button", { name: "Open the room" }).click();
  await expect(field).not.toHaveAttribute("readonly");
});

test("a cleared history is empty for everybody, who read what happened", async ({
  person,
  room,
}) => {
  const { ada, bo, id } = await atHome(person, room);
  await say(bo.page, "soon forgotten");
  await expect(messages(bo.page)).toHaveCount(1);
  await keep(ada.page, id);
  await ada.page.getByRole("button", { name: "Clear history" }).click();
  await ada.page.getByRole("button", { name: "Clear for good" }).click();
  await expect(messages(bo.page)).toHaveCount(0);
  await expect(bo.page.getByText("cleared what was said here.")).toBeVisible();
  await bo.page.getByRole("button", { name: "Close this notice" }).click();
  await expect(bo.page.getByText("cleared what was said here.")).toBeHidden();
});

test("a room is handed to a member, who owns it from then on", async ({ person, room, stack }) => {
  const { ada, bo, id } = await atHome(person, room);
  await ada.context.request.post(`/api/rooms/${id}/members`, {
    headers: { origin: stack.url },
    data: { email: bo.email, role: "member" },
  });
  await keep(ada.page, id);
  await ada.page.getByRole("button", { name: "Hand over" }).click();
  await ada.page.getByLabel("New owner").selectOption({ label: "Bo" });
  await ada.page.getByRole("button", { name: "Hand the room over" }).click();
  await expect(people(bo.page).filter({ hasText: "Bo" })).toContainText("owner");
  await bo.page.getByRole("link", { name: "Room settings" }).click();
  await expect(bo.page.getByRole("button", { name: "Delete room" })).toBeVisible();
});

test("a deleted room leads those who were in it away", async ({ person, room, expectedErrors }) => {
  expectedErrors.push("404");
  const { ada, bo, id } = await atHome(person, room);
  await keep(ada.page, id);
  await ada.page.getByRole("button", { name: "Delete room" }).click();
  await ada.page.getByLabel("Address of the room").fill("something else");
  await ada.page.getByRole("button", { name: "Delete for good" }).click();
  await expect(ada.page.getByText(`Type ${id} to delete the room.`)).toBeVisible();
  await ada.page.getByLabel("Address of the room").fill(id);
  await ada.page.getByRole("button", { name: "Delete for good" }).click();
  await expect(ada.page).toHaveURL("/rooms");
  await expect(connection(bo.page)).toHaveText(/^Stopped/);
  await expect(bo.page.getByText("This room is gone")).toBeVisible();
  await bo.page.getByRole("main").getByRole("link", { name: "All rooms" }).click();
  await expect(bo.page).toHaveURL("/rooms");
});

test("the list of members: somebody is added, made a moderator and taken out, there or not", async ({
  person,
  room,
}) => {
  const { ada, bo, id } = await atHome(person, room);
  const cid = await person("Cid");
  await keep(ada.page, id);
  const members = section(ada.page, "Members");
  const line = (name: string) => members.getByRole("listitem").filter({ hasText: name });
  await expect(line("Ada")).toContainText("owner since");
  await expect(line("Ada").getByRole("button")).toHaveCount(0);
  for (const { email } of [bo, cid]) {
    await members.getByLabel("Their email").fill(email);
    await members.getByRole("button", { name: "Add to the list" }).click();
    await expect(members.getByText(`${email} may come in now.`)).toBeVisible();
  }
  await line("Bo").getByRole("button", { name: "Change Bo" }).click();
  const form = members.getByRole("form", { name: "Change Bo" });
  await form.getByRole("radio", { name: /^moderator/i }).check();
  await expectAccessible(ada.page);
  await form.getByRole("button", { name: "Save role" }).click();
  await expect(line("Bo")).toContainText("moderator since");
  await expect(people(bo.page).filter({ hasText: "Bo" })).toContainText("moderator");
  // A moderator decides about those below.
  const keeper = await bo.tab();
  await keeper.goto(`/rooms/${id}/settings`);
  const theirs = section(keeper, "Members");
  await expect(theirs.getByRole("button", { name: "Change Cid" })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Change Ada" })).toHaveCount(0);
  await line("Cid").getByRole("button", { name: "Change Cid" }).click();
  await members.getByRole("button", { name: "Remove from room" }).click();
  await expect(line("Cid")).toHaveCount(0);
});

test("an invite link is made, told once, works, and is revoked", async ({ person, room }) => {
  const { ada, bo, id } = await atHome(person, room);
  await keep(ada.page, id);
  const invites = section(ada.page, "Invite links");
  await invites.getByLabel("Uses").fill("0");
  await invites.getByRole("button", { name: "Make a link" }).click();
  await expect(invites.getByText("Use a whole number from 1 to 1000.").first()).toBeVisible();
  await invites.getByLabel("Uses").fill("3");
  await invites.getByRole("button", { name: "Make a link" }).click();
  const link = invites.getByLabel("Your new link. It is shown this once.");
  await expect(link).toHaveValue(/\/invite\/[\w-]{32}$/);
  const code = (await link.inputValue()).split("/").at(-1);
  expect((await bo.context.request.get(`/api/invites/${code}`)).status()).toBe(200);
  await expect(invites.getByRole("listitem")).toContainText("0 of 3 used");
  await invites.getByRole("button", { name: /^Revoke/ }).click();
  await expect(invites.getByText("No link works at the moment.")).toBeVisible();
  expect((await bo.context.request.get(`/api/invites/${code}`)).status()).toBe(404);
});

test("what was reported is deleted from the list, with a reason that its author reads", async ({
  person,
  room,
}) => {
  const { ada, bo, id } = await atHome(person, room);
  const cid = await person("Cid");
  await enter(cid.page, id);
  await say(bo.page, "buy cheap lamps");
  const line = messages(cid.page).filter({ hasText: "cheap lamps" });
  await line.hover();
  await line.getByRole("button", { name: "Report" }).click();
  await line.getByRole("button", { name: "Report", exact: true }).click();
  await expect(line.getByRole("group", { name: /^Reported\./ })).toBeVisible();
  await keep(ada.page, id);
  const reports = section(ada.page, "Reports");
  await reports.getByRole("button", { name: "Delete the message" }).click();
  await expect(reports.getByLabel("Reason (optional)")).toBeFocused();
  await expectAccessible(ada.page);
  await reports.getByLabel("Reason (optional)").fill("no adverts");
  await reports.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(reports.getByText("Nothing is waiting.")).toBeVisible();
  await expect(messages(bo.page)).toContainText("Deleted by a moderator: no adverts.");
  await expect(messages(cid.page)).toHaveText(/Deleted by a moderator\.$/);
  await keep(ada.page, id);
  const log = section(ada.page, "Log").getByRole("listitem");
  await expect(log.filter({ hasText: "deleted a message of Bo: no adverts" })).toHaveCount(1);
});

test("reports wait on the page, bans are lifted there, and the log tells it all", async ({
  person,
  room,
  stack,
}) => {
  const { ada, bo, id } = await atHome(person, room);
  await enter(ada.page, id);
  await say(ada.page, "something odd");
  const line = messages(bo.page).filter({ hasText: "something odd" });
  await line.hover();
  await line.getByRole("button", { name: "Report" }).click();
  await line.getByLabel("What is wrong with it (optional)").fill("rude");
  await line.getByRole("button", { name: "Report", exact: true }).click();
  await expect(line.getByRole("group", { name: /^Reported\./ })).toBeVisible();
  const cid = await (
    await person("Cid")
  ).context.request
    .get("/api/auth/session")
    .then((answer) => answer.json());
  await ada.context.request.post(`/api/rooms/${id}/bans`, {
    headers: { origin: stack.url },
    data: { user: cid.user.id, reason: "spam" },
  });
  await keep(ada.page, id);
  const reports = section(ada.page, "Reports");
  await expect(reports.getByRole("listitem")).toContainText(/Bo about Ada.*rude/);
  await expectAccessible(ada.page);
  await reports.getByRole("button", { name: "Dismiss" }).click();
  await expect(reports.getByText("Nothing is waiting.")).toBeVisible();
  const bans = section(ada.page, "Bans");
  await expect(bans.getByRole("listitem")).toContainText("For ever: spam");
  await bans.getByRole("button", { name: "Lift the ban of Cid" }).click();
  await expect(bans.getByText("Nobody is banned.")).toBeVisible();
  await keep(ada.page, id);
  await expect(section(ada.page, "Log").getByRole("listitem").first()).toContainText(
    "lifted the ban of Cid",
  );
  const link = section(ada.page, "Log").getByRole("link", { name: "All of it as CSV" });
  const csv = await ada.context.request.get(String(await link.getAttribute("href")));
  expect(csv.headers()["content-type"]).toContain("text/csv");
  expect(await csv.text()).toContain("unban");
});
