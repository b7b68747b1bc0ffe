import { connection, enter, expect, messages, say, test, transcript } from "./fixtures";

test("two people talk, both ways, and each sees the other's words once", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await say(ada.page, "Good evening");
  await expect(messages(bo.page).filter({ hasText: "Good evening" })).toHaveCount(1);
  await say(bo.page, "Hello Ada");
  for (const { page } of [ada, bo]) {
    await expect(messages(page)).toHaveCount(2);
    await expect(messages(page).nth(0)).toContainText("Good evening");
    await expect(messages(page).nth(1)).toContainText("Hello Ada");
  }
});

test("Enter sends, Shift+Enter breaks the line, an unfinished composition sends nothing", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  await enter(ada.page, await room(ada));
  const box = ada.page.getByRole("textbox", { name: "Message" });
  await box.pressSequentially("one");
  await box.press("Shift+Enter");
  await box.pressSequentially("two");
  await box.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
  await expect(box).toHaveValue("one\ntwo");
  await expect(messages(ada.page)).toHaveCount(0);
  await box.press("Enter");
  await expect(box).toHaveValue("");
  await expect(box).toBeFocused();
  await expect(messages(ada.page)).toHaveCount(1);
});

test("a message the room refuses is kept with Retry, and Retry sends it once", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  let refusals = 0;
  await ada.page.routeWebSocket(/\/parties\/main\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((raw) => {
      const frame = JSON.parse(String(raw));
      if (frame.type !== "chat.send" || refusals++ > 0) return server.send(raw);
      const refusal = { type: "error", id: frame.id, code: "muted", message: "", retryable: false };
      socket.send(JSON.stringify(refusal));
    });
  });
  await enter(ada.page, id);
  await say(ada.page, "Is this on?");
  await expect(transcript(ada.page)).toContainText("Not sent");
  await expect(ada.page.getByRole("button", { name: "Delete" })).toBeVisible();
  await ada.page.getByRole("button", { name: "Retry" }).click();
  await expect(transcript(ada.page)).not.toContainText("Not sent");
  await ada.page.reload();
  await expect(messages(ada.page)).toHaveCount(1);
});

test("a message is shown at once as pending, and waits while the line is cut", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  let hold = true;
  const held: (() => void)[] = [];
  await ada.page.routeWebSocket(/\/parties\/main\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((raw) => {
      const isSend = String(raw).includes('"chat.send"');
      if (isSend && hold) held.push(() => server.send(raw));
      else server.send(raw);
    });
  });
  await enter(ada.page, id);
  await say(ada.page, "Slow train");
  const message = messages(ada.page).filter({ hasText: "Slow train" });
  await expect(message).toHaveAccessibleName(/sending|pending/i);
  hold = false;
  for (const release of held) release();
  await expect(message).not.toHaveAccessibleName(/sending|pending/i);
});

test("a reload keeps what was said, and older pages come on demand without a jump", async ({
  person,
  room,
  fill,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await fill(id, 69);
  await enter(ada.page, id);
  await say(ada.page, "Line 70");
  await expect(messages(ada.page).last()).toContainText("Line 70");
  await expect(ada.page.getByText(/sending|pending/i)).toHaveCount(0);
  await ada.page.reload();
  await expect(connection(ada.page)).toHaveText(/^Live/);
  await expect(messages(ada.page).last()).toContainText("Line 70");
  await expect(messages(ada.page)).toHaveCount(50);
  const anchor = messages(ada.page).filter({ hasText: /Line 21$/ });
  const top = () => anchor.evaluate((element) => element.getBoundingClientRect().top);
  // Looks at the position in the same task that scrolls: what is loaded comes later.
  const before = await anchor.evaluate((element) => {
    element.scrollIntoView({ block: "start" });
    return element.getBoundingClientRect().top;
  });
  await expect(messages(ada.page)).toHaveCount(70);
  await expect(messages(ada.page).first()).toContainText("Line 1");
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(8);
});

test("what somebody writes is text, never markup", async ({ person, room }) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await say(
    ada.page,
    `<img src=x onerror="document.title='owned'"> javascript:alert(1) https://example.com/a`,
  );
  const message = messages(bo.page).first();
  await expect(message).toContainText("<img src=x");
  await expect(message.locator("img")).toHaveCount(0);
  await expect(message.getByRole("link")).toHaveCount(1);
  await expect(message.getByRole("link")).toHaveAttribute(
    "rel",
    "noopener noreferrer nofollow ugc",
  );
  expect(await bo.page.title()).not.toBe("owned");
});
