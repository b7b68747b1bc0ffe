import type { Page } from "@playwright/test";
import {
  type Account,
  connection,
  enter,
  expect,
  listen,
  messages,
  type Person,
  say,
  test,
  transcript,
} from "./fixtures";

/** Ten seconds longer than the warning lasts, so that it comes soon and goes after signing in again. */
test.use({ stackEnv: { SESSION_SECONDS: "130", LIMIT_SIGN_IN_FAILURES: "100" } });

test("before the sign-in ends the page says so, and signing in again happens in place", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  const heard = listen(page);
  await enter(page, id);
  await say(page, "Said before");
  const warning = page.getByText(/Your sign-in ends in (2 minutes|1\d\d seconds)/);
  await expect(warning).toHaveCount(0);
  await expect(warning).toBeVisible({ timeout: 30_000 });

  const draft = page.getByRole("textbox", { name: "Message" });
  await draft.fill("Half a sentence");
  await page.getByRole("button", { name: "Stay signed in" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog.getByLabel("Email")).toHaveValue(ada.email);
  await expect(dialog.getByLabel("Password", { exact: true })).toBeFocused();
  await dialog.getByLabel("Password", { exact: true }).fill("not the password");
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("do not match");
  await dialog.getByLabel("Password", { exact: true }).fill(ada.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();

  await expect(dialog).toHaveCount(0);
  await expect(warning).toHaveCount(0);
  await expect(connection(page)).toHaveText(/^Live/);
  await expect(draft).toHaveValue("Half a sentence");
  await expect(messages(page)).toContainText(["Said before"]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(messages(page)).toContainText(["Said before", "Half a sentence"]);
  expect(heard.sockets).toBe(2);
});

/** What the way back from an outside provider does: a new session, and no tab is told. */
async function signInElsewhere(person: Person, { email, password }: Account = person) {
  const { request } = person.context;
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const form = { csrfToken, email, password, json: "true" };
  expect((await request.post("/api/auth/callback/credentials", { form })).status()).toBe(200);
}

const mark = (page: Page) => page.evaluate(() => Object.assign(window, { sameDocument: true }));
const marked = (page: Page) => page.evaluate(() => "sameDocument" in window);

test("a page follows to a newer sign-in of its browser, without a word and without a reload", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  const heard = listen(page);
  await enter(page, id);
  await mark(page);
  await signInElsewhere(ada);
  const welcomes = () => heard.frames.filter((frame) => frame.type === "welcome").length;
  await expect.poll(welcomes).toBe(2);
  await expect(connection(page)).toHaveText(/^Live/);
  await say(page, "Still me");
  await expect(messages(page)).toContainText(["Still me"]);
  expect(await marked(page)).toBe(true);
});

test("somebody else signs in in the same browser: the room becomes theirs, and nothing of the first leaves", async ({
  person,
  account,
  room,
}) => {
  const ada = await person("Ada");
  const bo = await account("Bo");
  const { page } = ada;
  const id = await room(ada);
  await enter(page, id);
  await mark(page);
  await page.getByRole("textbox", { name: "Message" }).fill("Ada's draft");
  await signInElsewhere(ada, bo);

  await expect(page.getByRole("button", { name: "Account: Bo" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Account: Ada" })).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await expect(connection(page)).toHaveText(/^Live/);
  await say(page, "Bo here");
  await expect(messages(page)).toHaveCount(1);
  await expect(transcript(page)).not.toContainText("Ada");
  expect(await marked(page)).toBe(true);
});

test("out in one tab and in as somebody else: the others follow both times", async ({
  person,
  account,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const ada = await person("Ada");
  const bo = await account("Bo");
  const { page } = ada;
  const id = await room(ada);
  await enter(page, id);
  await mark(page);
  const tab = await ada.tab();
  await tab.goto("/rooms");
  await tab.getByRole("button", { name: /account/i }).click();
  await tab.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(connection(page)).toHaveText(/^Signed out/);
  await expect(page.getByRole("button", { name: "Sign in again" })).toBeVisible();

  await expect(tab).toHaveURL(/\/sign-in/);
  await tab.getByLabel("Email").fill(bo.email);
  await tab.getByLabel("Password", { exact: true }).fill(bo.password);
  await tab.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("button", { name: "Account: Bo" })).toBeVisible();
  await expect(connection(page)).toHaveText(/^Live/);
  expect(await marked(page)).toBe(true);
});
