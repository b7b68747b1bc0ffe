import { connection, enter, expect, listen, messages, say, test } from "./fixtures";

const LEASE_SECONDS = 6;
test.use({ stackEnv: { PARTY_LEASE_SECONDS: String(LEASE_SECONDS), PARTY_GRACE_SECONDS: "20" } });

test("ten lifetimes of authorisation: one socket, no gap, no duplicate, nobody notices", async ({
  person,
  room,
}) => {
  test.setTimeout(150_000);
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  const [adaHears, boHears] = [listen(ada.page), listen(bo.page)];
  await enter(ada.page, id);
  await enter(bo.page, id);
  await expect
    .poll(() => adaHears.frames.some((frame) => frame.type === "presence.diff"))
    .toBe(true);
  adaHears.frames.length = 0;

  const renewals = () => boHears.frames.filter((frame) => frame.type === "auth.refreshed").length;
  let said = 0;
  while (renewals() < 10) {
    await say(ada.page, `Word ${++said}.`);
    await expect(messages(bo.page).last()).toContainText(`Word ${said}.`);
  }

  expect([adaHears.sockets, boHears.sockets]).toEqual([1, 1]);
  const heard = boHears.frames.filter((frame) => frame.type === "chat.message");
  expect(heard.map((frame) => frame.seq)).toEqual(heard.map((_, index) => index + 1));
  expect(heard).toHaveLength(said);
  expect(adaHears.frames.filter((frame) => frame.type.startsWith("presence."))).toEqual([]);
});

test("a token route that fails signs nobody out: grace, then renewed on the same socket", async ({
  person,
  room,
  expectedErrors,
}) => {
  expectedErrors.push("500");
  const ada = await person("Ada");
  const id = await room(ada);
  const heard = listen(ada.page);
  await enter(ada.page, id);
  await ada.page.route("**/api/party/token", (route) => route.fulfill({ status: 500 }));
  await expect
    .poll(() => heard.frames.some((frame) => frame.type === "auth.expired"), {
      timeout: 20_000,
    })
    .toBe(true);
  await expect(connection(ada.page)).toHaveText(/^Renewing/);
  await say(ada.page, "Said in the grace");
  await ada.page.unroute("**/api/party/token");
  await expect(connection(ada.page)).toHaveText(/^Live/, { timeout: 20_000 });
  await expect(messages(ada.page)).toHaveCount(1);
  await ada.page.reload();
  await expect(messages(ada.page)).toContainText(["Said in the grace"]);
  expect(heard.sockets).toBe(2);
});
