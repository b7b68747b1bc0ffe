import { expectNothingFound } from "./axe";
import { enter, expect, messages, say, test } from "./fixtures";

test("Markdown is drawn for everybody, and code can be copied", async ({ person, room }) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await bo.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await say(ada.page, "**Doors** at *nine*\n> who has the key?\nI do\n\n```sh\nopen door\n```");
  for (const { page } of [ada, bo]) {
    const message = messages(page).first();
    await expect(message.getByRole("strong")).toHaveText("Doors");
    await expect(message.getByRole("emphasis")).toHaveText("nine");
    await expect(message.getByRole("blockquote")).toHaveText("who has the key?");
    await expect(message.getByRole("code")).toHaveText("open door");
  }
  const copy = messages(bo.page).first().getByRole("button", { name: "Copy" });
  await copy.click();
  await expect(messages(bo.page).getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await bo.page.evaluate(() => navigator.clipboard.readText())).toBe("open door");
  await expect(copy).toBeVisible();
});

test("where the drawing of Markdown cannot be fetched, messages are read as they were typed", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("Failed to load resource", "ChunkLoadError");
  const ada = await person("Ada");
  const id = await room(ada);
  await ada.page.route("**/_next/static/chunks/*.js", async (route) => {
    const response = await route.fetch();
    // A word of the grammar: the file that holds the parser.
    return (await response.text()).includes("literalAddress")
      ? route.abort()
      : route.fulfill({ response });
  });
  await enter(ada.page, id);
  await say(ada.page, "**Still** here");
  await expect(messages(ada.page).first()).toContainText("**Still** here");
  await ada.page.unrouteAll({ behavior: "wait" });
  await ada.page.reload();
  await expect(messages(ada.page).getByRole("strong")).toHaveText("Still");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing in a private room full of Markdown and mentions, ${theme}`, async ({
    demo,
  }) => {
    const { page } = await demo("ada");
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await enter(page, "founders");
    await say(
      page,
      `**${theme}** \`code\` ~~gone~~ [link](https://example.com) @Grace Obi, @Ada Marlow`,
    );
    await say(page, "> quote\n\n1. one\n2. two\n\n```ts\nconst a = 1;\n```");
    await expect(messages(page).getByRole("code").last()).toBeVisible();
    await page.getByRole("button", { name: "Leave this room" }).click();
    await expect(page.getByRole("group", { name: "Leave Founders?" })).toBeFocused();
    // A narrow page, as at 400 % zoom, keeps everything within it.
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNothingFound(page, `${width} px`);
      const beside = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beside).toBeLessThanOrEqual(0);
    }
  });
}
