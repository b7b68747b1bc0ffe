import { connection, enter, expect, listen, messages, say, test } from "./fixtures";

const SESSION_SECONDS = 25;
test.use({ stackEnv: { SESSION_SECONDS: String(SESSION_SECONDS), PARTY_LEASE_SECONDS: "6" } });

test("nothing outlives the login session; after it one signs in again in place", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const signedInAt = Date.now();
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  const heard = listen(page);
  const granted: number[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/api/party/token") && response.ok()) granted.push(Date.now());
  });
  await enter(page, id);
  await say(page, "In good time");
  await page.getByRole("textbox", { name: "Message" }).fill("Half a sentence");

  await expect(connection(page)).toHaveText(/^Signed out/, { timeout: 40_000 });
  const end = signedInAt + SESSION_SECONDS * 1_000;
  expect(Date.now()).toBeGreaterThan(end - 1_000);
  expect(Math.max(...granted)).toBeLessThan(end + 1_000);
  expect(heard.frames.some((frame) => frame.type === "auth.refreshed")).toBe(true);
  expect(heard.sockets).toBe(1);

  await page.getByRole("button", { name: "Sign in again" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Password", { exact: true }).fill(ada.password);
  await dialog.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(connection(page)).toHaveText(/^Live/);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Half a sentence");
  await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();
  await expect(messages(page)).toContainText(["In good time"]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(messages(page)).toContainText(["In good time", "Half a sentence"]);
});
