import type { Page } from "@playwright/test";
import { connection, enter, expect, messages, say, test, transcript } from "./fixtures";

/** Writes and sends as fast as the page takes it. */
const burst = (page: Page, texts: string[]) =>
  page.evaluate((all) => {
    const box = document.querySelector<HTMLTextAreaElement>("textarea[name=message]")!;
    for (const text of all) {
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.form!.requestSubmit();
    }
  }, texts);

test("sixty messages at once all arrive, once and in order, and nobody is alarmed", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  let sockets = 0;
  ada.page.on("websocket", () => sockets++);
  const texts = Array.from({ length: 60 }, (_, index) => `Word ${index + 1}.`);
  await burst(ada.page, texts);
  for (const { page } of [bo, ada]) {
    await expect(messages(page)).toHaveCount(60, { timeout: 15_000 });
    await expect(messages(page).locator("p")).toHaveText(texts);
  }
  await expect(ada.page.locator("[data-state=sent]")).toHaveCount(60);
  await expect(connection(ada.page)).toHaveText(/^Live/);
  expect(sockets, "connections made anew").toBe(0);
});

test("a page does not speak as somebody else who signs in in the same browser", async ({
  person,
  account,
  room,
  expectedErrors,
}) => {
  // Between the two cookies there is a moment with none.
  expectedErrors.push("401");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await enter(bo.page, id);
  let cut: () => Promise<void> = async () => {};
  let down = false;
  await ada.page.routeWebSocket(/\/parties\/main\//, (socket) => {
    if (down) return void socket.close({ code: 1011 });
    cut = () => socket.close({ code: 1011 });
    socket.connectToServer();
  });
  await enter(ada.page, id);
  down = true;
  await cut();
  await say(ada.page, "Waiting for Ada");
  await ada.page.getByRole("textbox", { name: "Message" }).fill("Ada's draft");

  const cy = await account("Cy");
  const tab = await ada.tab();
  await ada.context.clearCookies();
  await tab.goto("/sign-in");
  await tab.getByLabel("Email").fill(cy.email);
  await tab.getByLabel("Password", { exact: true }).fill(cy.password);
  await tab.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(tab).toHaveURL(/\/rooms$/);
  down = false;

  // The page follows: it is Cy's now, and shows nothing of Ada's.
  await expect(ada.page.getByRole("button", { name: "Account: Cy" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(connection(ada.page)).toHaveText(/^Live/);
  await expect(ada.page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await expect(messages(ada.page)).toHaveCount(0);
  await expect(messages(bo.page)).toHaveCount(0);

  // Ada comes back, and so does all that was hers.
  await ada.context.clearCookies();
  await tab.goto("/sign-in");
  await tab.getByLabel("Email").fill(ada.email);
  await tab.getByLabel("Password", { exact: true }).fill(ada.password);
  await tab.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(ada.page.getByRole("button", { name: "Account: Ada" })).toBeVisible();
  await expect(messages(bo.page)).toContainText(["Waiting for Ada"]);
  await expect(transcript(bo.page)).not.toContainText("Cy");
  await expect(ada.page.getByRole("textbox", { name: "Message" })).toHaveValue("Ada's draft");
});

test("a page that may not come in says why in its middle, and offers only what can be done", async ({
  person,
  expectedErrors,
}) => {
  expectedErrors.push("403", "429");
  const ada = await person("Ada");
  const { page } = ada;
  await page.route("**/api/party/token", (route) =>
    route.fulfill({ status: 403, json: { code: "forbidden", message: "" } }),
  );
  await page.goto("/rooms/general");
  await expect(connection(page)).toHaveText(/^Stopped/);
  await expect(page.getByRole("main")).toContainText("You may not be in this room any more.");
  await expect(page.getByRole("main").getByRole("link", { name: "All rooms" })).toBeVisible();

  let asked = 0;
  await page.route("**/api/party/token", (route) => {
    asked++;
    return route.fulfill({ status: 429, headers: { "retry-after": "60" }, json: {} });
  });
  await page.reload();
  const again = page.getByRole("button", { name: "Try now" });
  await expect(again).toHaveAttribute("aria-disabled", "true");
  await again.click({ force: true });
  expect(asked).toBe(1);
});

test("a room that closes the line normally leaves a way back", async ({ person, room }) => {
  const ada = await person("Ada");
  let close: () => Promise<void> = async () => {};
  await ada.page.routeWebSocket(/\/parties\/main\//, (socket) => {
    close = () => socket.close({ code: 1000, reason: "normal" });
    socket.connectToServer();
  });
  await enter(ada.page, await room(ada));
  await close();
  await expect(connection(ada.page)).toHaveText(/^Stopped/);
  await ada.page.getByRole("button", { name: "Rejoin" }).click();
  await expect(connection(ada.page)).toHaveText(/^Live/);
});
