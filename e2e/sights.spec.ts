import type { Locator, Page } from "@playwright/test";
import { expectNothingFound } from "./axe";
import type { Person } from "./fixtures";
import { enter, expect, messages, say, test } from "./fixtures";

/**
 * Every part of a room that opens, lights up or comes in between, for those who enlarge the page, who
 * choose their own colours, and who have it read to them.
 */
interface Sight {
  name: string;
  /** Brings it about with the keyboard alone; what comes of it. */
  show(page: Page): Promise<Locator>;
  /** Leaves the room as it was. */
  end?(page: Page): Promise<void>;
}

const composer = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });
const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const escape = (page: Page) => page.keyboard.press("Escape");
const emptied = (page: Page) => composer(page).fill("");

/** Onto the newest message, and among what can be done with it. */
async function intoNewest(page: Page) {
  await log(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("toolbar", { name: "Message actions" })).toBeVisible();
}
async function press(page: Page, name: string) {
  await intoNewest(page);
  await page
    .getByRole("toolbar", { name: "Message actions" })
    .getByRole("button", { name, exact: true })
    .press("Enter");
}

const SIGHTS: Sight[] = [
  { name: "the room", show: async (page) => log(page) },
  { name: "a quote", show: async (page) => messages(page).getByTitle("Go to this message") },
  {
    name: "reactions",
    show: async (page) => messages(page).getByRole("list", { name: "Reactions" }).first(),
  },
  { name: "the New line", show: async (page) => page.getByRole("separator", { name: "New" }) },
  {
    name: "what can be done with a message",
    show: async (page) => {
      await intoNewest(page);
      return page.getByRole("toolbar", { name: "Message actions" });
    },
  },
  {
    name: "the emoji",
    show: async (page) => {
      await press(page, "Add reaction");
      const picker = page.getByRole("dialog", { name: "Choose a reaction" });
      await expect(picker.getByRole("gridcell").first()).toBeVisible();
      return picker;
    },
    end: escape,
  },
  {
    name: "the edit field",
    show: async (page) => {
      await press(page, "Edit");
      return page.getByRole("textbox", { name: "Edit message" });
    },
    end: escape,
  },
  {
    name: "the question before a deletion",
    show: async (page) => {
      await press(page, "Delete");
      return messages(page).getByRole("group").filter({ hasText: "Delete" });
    },
    end: escape,
  },
  {
    name: "an answer in the making",
    show: async (page) => {
      await press(page, "Reply");
      return page.getByText("Replying to");
    },
    end: escape,
  },
  {
    name: "names to mention",
    show: async (page) => {
      await composer(page).focus();
      await page.keyboard.type("@B");
      return page.getByRole("listbox", { name: "People to mention" });
    },
    end: emptied,
  },
  {
    name: "emoji by name",
    show: async (page) => {
      await composer(page).focus();
      await page.keyboard.type(":part");
      return page.getByRole("listbox", { name: "Emoji" });
    },
    end: emptied,
  },
  {
    name: "the quick switch",
    show: async (page) => {
      await page.keyboard.press("Control+k");
      const dialog = page.getByRole("dialog", { name: "Go to" });
      await expect(dialog.getByRole("option").first()).toContainText("Room");
      return dialog;
    },
    end: escape,
  },
  {
    name: "the shortcuts",
    show: async (page) => {
      await page.keyboard.press("Control+/");
      return page.getByRole("dialog", { name: "Keyboard" });
    },
    end: escape,
  },
  {
    name: "the account menu",
    show: async (page) => {
      await page.getByRole("button", { name: /^Account/ }).press("Enter");
      return page.getByRole("menu", { name: /^Account/ });
    },
    end: escape,
  },
  {
    name: "a notice",
    show: async (page) => {
      await page.evaluate(() => (location.hash = "#m-4000"));
      return page.getByRole("alert").filter({ hasText: "not in this room any more" });
    },
    end: (page) => page.getByRole("button", { name: "Close", exact: true }).press("Enter"),
  },
];

/** A room in which something has happened: reactions, a quote, and news since the last visit. */
async function lively(
  person: (name: string) => Promise<Person>,
  room: (owner: Person) => Promise<string>,
) {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const [id, muted, calling] = [await room(ada), await room(ada), await room(ada)];
  for (const other of [muted, calling]) await enter(ada.page, other);
  const path = `/api/rooms/${muted}/mute`;
  await ada.context.request.put(path, { headers: { origin: new URL(ada.page.url()).origin } });
  await enter(ada.page, id);
  await say(ada.page, "First of all");
  await expect(messages(ada.page)).toHaveCount(1);
  await press(ada.page, "React with 👍");
  await expect(ada.page.getByRole("button", { name: "👍 1: you" })).toBeVisible();
  await ada.page.goto("/rooms");
  for (const other of [muted, calling]) {
    await enter(bo.page, other);
    await say(bo.page, "@Ada, come over");
    await expect(messages(bo.page)).toHaveCount(1);
  }
  await enter(bo.page, id);
  await press(bo.page, "Reply");
  await say(bo.page, "Then this, with words enough that a narrow page has to break the line");
  await expect(messages(bo.page)).toHaveCount(2);
  await enter(ada.page, id);
  await expect(ada.page.getByRole("separator", { name: "New" })).toBeVisible();
  // Her own is the newest, and can be edited.
  await say(ada.page, "And last, **with** `signs` and @Bo");
  await expect(messages(ada.page)).toHaveCount(3);
  return { ada, bo, id, muted, calling };
}

async function each(page: Page, look: (sight: Locator, name: string) => Promise<void>) {
  for (const { name, show, end } of SIGHTS) {
    await test.step(name, async () => {
      const sight = await show(page);
      await expect(sight).toBeVisible();
      await look(sight, name);
      await end?.(page);
      if (end && end !== emptied) await expect(sight).toBeHidden();
    });
  }
}

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in anything that opens in a room, ${theme}`, async ({ person, room }) => {
    test.setTimeout(240_000);
    const { ada, muted, calling } = await lively(person, room);
    await ada.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const rooms = ada.page.getByRole("navigation", { name: "Rooms" });
    await expect(rooms.locator(`a[href$="${muted}"]`)).toContainText(/muted@ 1 mentions you/);
    await expect(rooms.locator(`a[href$="${calling}"]`)).toContainText("1 unread, 1 mentions you");
    await each(ada.page, (_, name) => expectNothingFound(ada.page, name));
  });
}

/** 1 280 × 1 024 and 1 280 × 1 280 enlarged to 200 % and to 400 %. */
for (const [zoom, width, height] of [
  ["200 %", 640, 512],
  ["400 %", 320, 320],
] as const) {
  test(`at ${zoom} nothing is cut off sideways and everything can be reached`, async ({
    person,
    room,
  }) => {
    test.setTimeout(180_000);
    const { ada, calling, muted } = await lively(person, room);
    const { page } = ada;
    await page.setViewportSize({ width, height });
    await each(page, async (sight, name) => {
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(sideways, `${name}: the page to the side`).toBeLessThanOrEqual(0);
      const parts = sight.locator("button, a[href], input, textarea, [role=option]");
      for (const part of [sight, ...(await parts.all()).slice(0, 12)]) {
        await part.scrollIntoViewIfNeeded();
        const box = (await part.boundingBox())!;
        const html = await part.evaluate((element) => element.outerHTML.slice(0, 200));
        expect(box.x, `${name}: ${html}`).toBeGreaterThanOrEqual(-1);
        expect(box.x + box.width, `${name}: ${html}`).toBeLessThanOrEqual(width + 1);
        await expect(part, `${name}: ${html}`).toBeInViewport();
      }
      await expect(composer(page), name).toBeInViewport({ ratio: 0.9 });
    });
    await page.getByRole("button", { name: "Rooms" }).press("Enter");
    const sheet = page.getByRole("dialog", { name: "Rooms" });
    for (const id of [calling, muted]) {
      const mute = sheet.getByRole("button", { name: `Mute Room ${id.slice(-6)}` });
      await mute.focus();
      await expect(mute).toBeInViewport({ ratio: 1 });
      await expect(mute).toHaveCSS("opacity", "1");
    }
  });
}

test("in the system's own colours the focus is seen, and what is chosen stands out", async ({
  person,
  room,
}) => {
  test.setTimeout(180_000);
  const { ada, id, muted, calling } = await lively(person, room);
  const { page } = ada;
  await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
  /** Whether two things of a kind differ in more than what they say. */
  const look = (part: Locator) =>
    part.evaluate((element) => {
      const { backgroundColor, borderTopColor, borderTopWidth, outlineStyle } =
        getComputedStyle(element);
      return [backgroundColor, borderTopWidth, borderTopColor, outlineStyle].join(" ");
    });
  const rooms = page.getByRole("navigation", { name: "Rooms" });
  const line = (room: string) =>
    rooms.getByRole("listitem").filter({ has: page.locator(`a[href$="${room}"]`) });
  expect(await look(line(id))).not.toBe(await look(line(calling)));
  const mute = (room: string) => line(room).getByRole("button");
  expect(await look(mute(muted))).not.toBe(await look(mute(calling)));

  await press(page, "React with ❤️");
  const mine = messages(page).getByRole("button", { name: "❤️ 1: you" });
  await expect(mine).toBeVisible();
  const reaction = await look(mine);
  await mine.evaluate((element) => element.setAttribute("aria-pressed", "false"));
  expect(await look(mine), "one's own reaction").not.toBe(reaction);
  await mine.evaluate((element) => element.setAttribute("aria-pressed", "true"));

  await each(page, async (sight, name) => {
    // Whatever has the focus shows it, by itself or by the frame around it.
    const shown = await page.evaluate(() => {
      const isSeen = (element: Element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
      };
      const focused = document.activeElement;
      if (!focused || focused === document.body) return true;
      return [focused, focused.parentElement].some((element) => element && isSeen(element));
    });
    expect(shown, `${name}: the focus`).toBe(true);
    const options = sight.getByRole("option");
    if ((await options.count()) > 1) {
      const chosen = await look(sight.getByRole("option", { selected: true }));
      expect(await look(sight.getByRole("option", { selected: false }).first()), name).not.toBe(
        chosen,
      );
    }
    // What floats has an edge.
    const floats = await sight.evaluate((element) =>
      element.matches("[popover], dialog, [role=toolbar]"),
    );
    if (floats) {
      const edge = await sight.evaluate((element) => {
        const { borderTopWidth, outlineStyle } = getComputedStyle(element);
        return parseFloat(borderTopWidth) >= 1 || outlineStyle !== "none";
      });
      expect(edge, `${name}: its edge`).toBe(true);
    }
  });
});
