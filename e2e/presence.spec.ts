import { enter, expect, listen, people, test } from "./fixtures";

test("two tabs are one person, and closing one of them changes nothing for the others", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  const heard = listen(ada.page);
  await enter(ada.page, id);
  await expect(people(ada.page)).toHaveCount(1);
  await enter(bo.page, id);
  const second = await bo.tab();
  await enter(second, id);
  await expect(people(ada.page)).toHaveCount(2);
  await expect(people(ada.page).first()).toContainText("Ada");
  await second.close();
  await bo.page.reload();
  await expect(people(bo.page)).toHaveCount(2);
  await expect(people(ada.page)).toHaveCount(2);
  const left = heard.frames.flatMap((frame) => (frame.type === "presence.diff" ? frame.left : []));
  expect(left).toEqual([]);
});

test("who leaves is gone after the grace", async ({ person, room }) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await enter(ada.page, id);
  await enter(bo.page, id);
  await expect(people(ada.page)).toHaveCount(2);
  await bo.page.close();
  await expect(people(ada.page)).toHaveCount(1, { timeout: 20_000 });
});

test("typing is seen by the others, not by the typist, and ends by itself", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  await bo.page.getByRole("textbox", { name: "Message" }).pressSequentially("hm");
  await expect(ada.page.getByText("Bo is typing")).toBeVisible();
  await expect(bo.page.getByText("Bo is typing")).toHaveCount(0);
  await expect(ada.page.getByText("Bo is typing")).toHaveCount(0, { timeout: 15_000 });
});
