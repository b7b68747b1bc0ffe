import type { Page } from "@playwright/test";
import { connection, enter, expect, messages, people, say, test } from "./fixtures";

type Blocked = { directive: string; sample: string };

/** Every page of this tab keeps what its policy blocked. */
async function watch(page: Page) {
  const all: Blocked[] = [];
  await page.exposeFunction("tellBlocked", (one: Blocked) => void all.push(one));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) => {
      const tell = (window as unknown as { tellBlocked(one: Blocked): void }).tellBlocked;
      tell({ directive: violatedDirective, sample });
    });
  });
  return all;
}

test("the app lives with Trusted Types: signing in, rooms, messages, menus, settings, and no word from the browser", async ({
  stranger,
  account,
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("404 (Not Found)");
  const bo = await person("Bo");
  const id = await room(bo);
  const noor = await account("Noor");
  const page = await stranger();
  const blocked = await watch(page);

  await page.goto("/sign-up");
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(noor.email);
  await page.getByLabel("Password", { exact: true }).fill(noor.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/rooms/);
  await enter(page, id);
  await enter(bo.page, id);
  await say(bo.page, "**Hello** &copy; `x` [a &copy; &none; b](https://example.com)");
  await expect(messages(page).last()).toContainText("Hello &copy; x a &copy; &none; b");
  await say(page, "And ~~back~~");
  await expect(messages(page)).toHaveCount(2);
  await expect(people(page)).toHaveCount(2);

  await messages(page).last().hover();
  await messages(page).last().getByRole("button", { name: /react/i }).first().click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(page).toHaveURL(/\/settings/);
  await page.goto("/nowhere-at-all");
  await enter(page, id);
  await expect(connection(page)).toHaveText(/^Live/);
  expect(blocked).toEqual([]);
});

test("text that becomes code is refused by the browser, whoever put it there", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push(
    "TrustedHTML",
    "TrustedScript",
    "Trusted Type",
    "default",
    "Content Security",
  );
  const noor = await person("Noor");
  await enter(noor.page, await room(noor));
  const outcomes = await noor.page.evaluate(() => {
    const policies = (
      window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
    ).trustedTypes;
    const tries: Record<string, () => unknown> = {
      html: () => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>"),
      "entity and more": () => (document.createElement("i").innerHTML = "&amp;<b>"),
      document: () => document.createElement("iframe").setAttribute("srcdoc", "<b>"),
      "foreign script": () => (document.createElement("script").src = "https://evil.example/x.js"),
      "own other script": () => (document.createElement("script").src = "/api/health"),
      "inline script": () => (document.createElement("script").text = "alert(1)"),
      write: () => document.write("<p>"),
      range: () => document.createRange().createContextualFragment("<p>"),
      "second policy": () => policies.createPolicy("another", {}),
      "default again": () => policies.createPolicy("default", {}),
    };
    return Object.entries(tries).map(([name, attempt]) => {
      try {
        attempt();
        return `${name}: done`;
      } catch (error) {
        return `${name}: ${(error as Error).name}`;
      }
    });
  });
  expect(outcomes.filter((outcome) => !outcome.endsWith(": TypeError"))).toEqual([]);
});
