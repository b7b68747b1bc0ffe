import type { Page } from "@playwright/test";
import { expectNothingFound } from "./axe";
import { connection, enter, expect, messages, people, say, test, transcript } from "./fixtures";

const composer = (page: Page) => page.getByRole("textbox", { name: "Message" });
const quickSwitch = (page: Page) => page.getByRole("dialog", { name: "Go to" });
const help = (page: Page) => page.getByRole("dialog", { name: "Keyboard" });
const edge = (page: Page, panel: "rooms" | "people") =>
  page.getByRole("separator", { name: `Width of ${panel}` });

test("Ctrl+K goes to a room by a few letters of its name", async ({ person, room }) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  await composer(page).focus();
  await page.keyboard.press("Control+k");
  const field = quickSwitch(page).getByRole("combobox", { name: "Room or person" });
  await expect(field).toBeFocused();
  await field.pressSequentially("engin");
  const options = quickSwitch(page).getByRole("option");
  await expect(options).toHaveCount(1);
  await expect(options).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/rooms\/engineering$/);
  await expect(connection(page)).toHaveText(/^Live/);
  await expect(quickSwitch(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
});

test("Ctrl+K mentions somebody who is here; arrows choose, Escape leaves everything as it was", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const { page } = ada;
  const id = await room(ada);
  await Promise.all([enter(page, id), enter(bo.page, id)]);
  await expect(people(page)).toHaveCount(2);
  await composer(page).fill("Hello");
  await page.keyboard.press("Control+k");
  const field = quickSwitch(page).getByRole("combobox");
  const chosen = quickSwitch(page).getByRole("option", { selected: true });
  await expect(quickSwitch(page).getByRole("option").first()).toContainText("Room");
  const first = await chosen.textContent();
  await page.keyboard.press("ArrowDown");
  await expect(chosen).not.toHaveText(first!);
  await expect(field).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id"))!);
  await page.keyboard.press("ArrowUp");
  await expect(chosen).toHaveText(first!);
  await field.fill("zzz");
  await expect(quickSwitch(page).getByRole("status")).toHaveText("Nothing by that name.");
  await page.keyboard.press("Escape");
  await expect(quickSwitch(page)).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("Hello");

  await page.keyboard.press("Control+k");
  await field.fill("bo");
  await expect(quickSwitch(page).getByRole("option").filter({ hasText: "Mention" })).toHaveCount(1);
  await quickSwitch(page).getByRole("option").filter({ hasText: "Mention" }).click();
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("Hello @Bo ");
});

test("the switch still finds people when the rooms cannot be had, and says so", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("503");
  const ada = await person("Ada");
  // Before the page is loaded: what it asks in the moment in which routing begins may get past it.
  await ada.page.route("**/api/rooms", (route) =>
    route.fulfill({ status: 503, json: { code: "unavailable", message: "" } }),
  );
  await enter(ada.page, await room(ada));
  await ada.page.keyboard.press("Control+k");
  await expect(quickSwitch(ada.page).getByRole("status")).toContainText("could not be looked up");
});

test("? shows the shortcuts where one does not write; it can be turned off, Ctrl+/ cannot", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  const id = await room(ada);
  await enter(page, id);
  await composer(page).focus();
  await page.keyboard.press("?");
  await expect(composer(page)).toHaveValue("?");
  await expect(help(page)).toBeHidden();
  await transcript(page).focus();
  await page.keyboard.press("?");
  await expect(help(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(transcript(page)).toBeFocused();

  await page.goto("/settings");
  const alone = page.getByRole("switch", { name: "Keys that work alone" });
  await expect(alone).toBeChecked();
  await alone.click();
  await expect(alone).not.toBeChecked();
  await enter(page, id);
  await transcript(page).focus();
  await page.keyboard.press("?");
  await page.keyboard.press("Control+/");
  await expect(help(page)).toContainText("Keys that work alone are off");
});

test("F6 goes round the parts of the page that are shown, Shift+F6 back", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  const rooms = page.getByRole("navigation", { name: "Rooms" }).getByRole("link", { name: /./ });
  const side = page.getByRole("complementary", { name: "People" });
  await composer(page).focus();
  await page.keyboard.press("F6");
  await expect(side).toBeFocused();
  await page.keyboard.press("F6");
  await expect(rooms.and(page.locator("[aria-current=page]"))).toBeFocused();
  await page.keyboard.press("F6");
  await expect(transcript(page)).toBeFocused();
  await page.keyboard.press("F6");
  await expect(composer(page)).toBeFocused();
  await page.keyboard.press("Shift+F6");
  await expect(transcript(page)).toBeFocused();
  await page.getByRole("button", { name: "Hide rooms" }).click();
  await transcript(page).focus();
  await page.keyboard.press("Shift+F6");
  await expect(side).toBeFocused();
});

test("the side columns are resized by keyboard and pointer, and stay so", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  const width = async (panel: "rooms" | "people") =>
    Number(await edge(page, panel).getAttribute("aria-valuenow"));
  const drawn = () =>
    page
      .getByRole("complementary", { name: "People" })
      .evaluate((element) => element.getBoundingClientRect().width);
  const before = await width("rooms");
  await edge(page, "rooms").focus();
  await page.keyboard.press("ArrowRight");
  expect(await width("rooms")).toBeGreaterThan(before);
  await page.keyboard.press("Home");
  await expect(edge(page, "rooms")).toHaveAttribute("aria-valuenow", "176");

  const box = (await edge(page, "people").boundingBox())!;
  const usual = await drawn();
  await page.mouse.move(box.x, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + 200, { steps: 4 });
  await page.mouse.up();
  expect(await drawn()).toBeCloseTo(usual + 60, 0);
  const dragged = await width("people");
  await page.reload();
  await expect(edge(page, "people")).toHaveAttribute("aria-valuenow", String(dragged));
  await expect(edge(page, "rooms")).toHaveAttribute("aria-valuenow", "176");
  await edge(page, "people").dblclick();
  expect(await drawn()).toBe(usual);
  await page.getByRole("button", { name: "Hide people" }).click();
  await expect(edge(page, "people")).toHaveCount(0);
});

test("a whole evening by keyboard: through every part of the room, in order, and out again", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  await enter(page, await room(ada));
  const { keyboard } = page;
  await keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.press("Tab");
  await expect(transcript(page)).toBeFocused();
  await keyboard.press("Tab");
  await expect(composer(page)).toBeFocused();
  await keyboard.type("Said by keyboard");
  await keyboard.press("Enter");
  await expect(messages(page)).toHaveCount(1);
  await keyboard.press("Shift+Tab");
  await keyboard.press("ArrowUp");
  await expect(messages(page).first()).toBeFocused();
  await keyboard.press("Escape");
  await expect(transcript(page)).toBeFocused();
  // From the top, every stop has a name and can be seen.
  await page.reload();
  await expect(connection(page)).toHaveText(/^Live/);
  const stops: string[] = [];
  // Each room of the list is two stops, and other tests' rooms are in it: it may be a long walk.
  for (let press = 0; press < 400 && !stops.includes("People"); press++) {
    await keyboard.press("Tab");
    const focused = page.locator(":focus");
    await expect(focused).toBeInViewport();
    stops.push(
      await focused.evaluate(
        (element) => element.getAttribute("aria-label") ?? element.textContent ?? "",
      ),
    );
  }
  expect(stops.every((name) => name.trim() !== "")).toBe(true);
  for (const name of [
    "All rooms",
    "Hide rooms",
    "Hide people",
    "New room",
    "Messages",
    "Message",
  ]) {
    expect(stops).toContain(name);
  }
  expect(stops.indexOf("Messages")).toBeLessThan(stops.indexOf("Message"));
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in the switch, the shortcuts, the settings and at the New line, ${theme}`, async ({
    person,
    room,
  }) => {
    const [ada, bo] = [await person("Ada"), await person("Bo")];
    const { page } = ada;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const id = await room(ada);
    await enter(page, id);
    await say(page, "Read");
    await expect(messages(page)).toHaveCount(1);
    await page.goto("/settings");
    await expectNothingFound(page);
    await enter(bo.page, id);
    await say(bo.page, "Not read");
    await expect(messages(bo.page)).toHaveCount(2);
    await enter(page, id);
    await expect(page.getByRole("separator", { name: "New" })).toBeVisible();
    await expectNothingFound(page);
    await page.keyboard.press("Control+k");
    await expect(quickSwitch(page).getByRole("option").first()).toContainText("Room");
    await expectNothingFound(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+/");
    await expect(help(page)).toBeVisible();
    await expectNothingFound(page);
  });
}
