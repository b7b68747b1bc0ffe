import { enter, expect, hide, listen, people, test } from "./fixtures";

// Minutes pass at once here: no renewal may fall into them.
test.use({ stackEnv: { PARTY_LEASE_SECONDS: "3600" } });

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

test("in a private room members who are not here stay on the list, with when they were seen", async ({
  demo,
}) => {
  const [ada, grace] = [await demo("ada"), await demo("grace")];
  await ada.page.clock.install();
  await enter(ada.page, "founders");
  const offline = ada.page.getByRole("list", { name: "Offline" }).getByRole("listitem");
  await expect(people(ada.page)).toHaveCount(1);
  await expect(offline).toHaveText(/Grace Obi.*offline/);
  await expect(offline).not.toContainText("last seen");
  await enter(grace.page, "founders");
  await expect(people(ada.page)).toHaveCount(2);
  await expect(offline).toHaveCount(0);
  await grace.page.close();
  await expect(offline).toHaveText(/last seen just now/, { timeout: 20_000 });
  await expect(people(ada.page)).toHaveCount(1);
  await ada.page.clock.runFor("05:30");
  await expect(offline).toHaveText(/last seen [4-6] min/);
});

test("who hides the page is away, in words and since when, until it is seen again", async ({
  person,
  room,
}) => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await Promise.all([enter(ada.page, id), enter(bo.page, id)]);
  const other = people(ada.page).filter({ hasText: "Bo" });
  await expect(other).toContainText("here");
  await hide(bo.page, true);
  await expect(other).toContainText("away");
  await expect(other).toContainText("last seen");
  await hide(bo.page, false);
  await expect(other).toContainText("here");
});
