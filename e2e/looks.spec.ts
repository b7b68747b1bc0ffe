import { expectNothingFound } from "./axe";
import { connection, enter, expect, say, test } from "./fixtures";

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing on any page, ${theme}`, async ({
    stranger,
    person,
    room,
    expectedErrors,
  }) => {
    expectedErrors.push("404", "403");
    // A picture in the middle of a fade is no state; without motion there is none.
    const guest = await stranger({ colorScheme: theme, reducedMotion: "reduce" });
    for (const path of ["/", "/sign-in", "/sign-up"]) {
      await guest.goto(path);
      await expectNothingFound(guest);
    }
    const ada = await person("Ada");
    const id = await room(ada);
    await ada.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const path of ["/rooms", "/settings", "/rooms/no-such-room", "/rooms/founders"]) {
      await ada.page.goto(path);
      await expectNothingFound(ada.page);
    }
    await enter(ada.page, id);
    await expectNothingFound(ada.page);
    await say(ada.page, "With a message in it");
    await expect(ada.page.getByRole("article")).toHaveCount(1);
    await expectNothingFound(ada.page);
  });
}

test("without motion a change of theme is whole at once, down to the innermost word", async ({
  stranger,
}) => {
  const page = await stranger({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/sign-up");
  await expect(page.getByRole("button", { name: "Create account" })).toBeEnabled();
  const [before, atOnce, later] = await page.evaluate(async () => {
    const elements = [...document.querySelectorAll("body *")];
    const inks = () => elements.map((one) => getComputedStyle(one).color);
    const readings = [inks()];
    document.documentElement.dataset.theme = "dark";
    readings.push(inks());
    for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
    return [...readings, inks()];
  });
  expect(atOnce).not.toEqual(before);
  expect(atOnce).toEqual(later);
});

test("on a phone the transcript is the screen, and the back button closes a sheet", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await ada.page.setViewportSize({ width: 390, height: 844 });
  await enter(ada.page, id);
  await say(ada.page, "From the train");
  await expect(ada.page.getByRole("article")).toHaveCount(1);
  const overflow = await ada.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await ada.page.getByRole("button", { name: /people/i }).click();
  await expect(ada.page.getByRole("list", { name: "People" })).toBeVisible();
  await expectNothingFound(ada.page);
  await ada.page.goBack();
  await expect(ada.page.getByRole("list", { name: "People" })).toBeHidden();
  await expect(connection(ada.page)).toHaveText(/^Live/);
});

test("faces that stand close together leave each other's initials whole", async ({
  person,
  room,
}) => {
  const everybody = [];
  for (const name of ["Ada Marlow", "Mo Wagner", "Will Mann", "Wim Mohn", "Bo"])
    everybody.push(await person(name));
  const { page } = everybody[0]!;
  await page.setViewportSize({ width: 834, height: 800 });
  const id = await room(everybody[0]!);
  await Promise.all(everybody.map((one) => enter(one.page, id)));
  const stack = page.getByRole("button", { name: "People: 5 people here" });
  const hidden = await stack.evaluate((button) => {
    const faces = [...button.querySelectorAll<HTMLElement>("span > span")].filter((face) =>
      face.checkVisibility(),
    );
    return faces.map((face, at) => {
      const text = document.createRange();
      text.selectNodeContents(face);
      const next = faces[at + 1]?.getBoundingClientRect().left ?? Infinity;
      // The ring around a face is a shadow of two pixels.
      return Math.max(0, text.getBoundingClientRect().right - (next - 2));
    });
  });
  expect(hidden).toHaveLength(4);
  for (const pixels of hidden) expect(pixels).toBeLessThan(1);
});

test("the room can be used with the keyboard alone", async ({ person, room }) => {
  const ada = await person("Ada");
  await enter(ada.page, await room(ada));
  await ada.page.keyboard.press("Tab");
  await expect(ada.page.getByRole("link", { name: /skip/i })).toBeFocused();
  await ada.page.getByRole("textbox", { name: "Message" }).focus();
  await ada.page.keyboard.type("By keyboard");
  await ada.page.keyboard.press("Enter");
  await expect(ada.page.getByRole("article")).toHaveCount(1);
});

test("a crowd scrolls in its own column, and the transcript keeps its end when it is resized", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  const crowd = Array.from({ length: 30 }, (_, index) => ({
    ...{ id: `guest-${index}`, name: `Guest ${index}`, role: "member", status: "active" },
    ...{ connections: 1, lastSeen: 1 },
  }));
  await page.routeWebSocket(/\/parties\/main\//, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((raw) => {
      const frames = [JSON.parse(String(raw))].flat();
      for (const frame of frames) if (frame.type === "welcome") frame.presence.push(...crowd);
      socket.send(JSON.stringify(frames));
    });
  });
  const id = await room(ada);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await enter(page, id);
  await expect(page.getByRole("list", { name: "People" }).getByRole("listitem")).toHaveCount(31);
  await expectNothingFound(page);
  const stretched = await page.evaluate(
    () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
  );
  expect(stretched, "the page below the window").toBeLessThanOrEqual(0);

  for (let count = 1; count <= 3; count++) {
    await say(page, "Long words for a narrow window. ".repeat(45));
    await expect(page.getByRole("article")).toHaveCount(count);
  }
  const log = page.getByRole("log", { name: "Messages" });
  // What a turning phone does: the new width, and a scroll before anybody has looked at it.
  await log.evaluate((element) => {
    element.style.maxWidth = "20rem";
    element.dispatchEvent(new Event("scroll"));
  });
  const left = () =>
    log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
  await expect.poll(left).toBeLessThan(2);
});
