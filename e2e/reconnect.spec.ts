import { connection, enter, expect, test } from "./fixtures";

test("a long drop is told with a way to try now, its end once, and a short one not at all", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const { page } = ada;
  let down = false;
  let cut: () => Promise<void> = async () => {};
  await page.routeWebSocket(/\/parties\/main\//, (socket) => {
    if (down) return void socket.close({ code: 1011 });
    cut = () => socket.close({ code: 1011 });
    socket.connectToServer();
  });
  await enter(page, await room(ada));
  const relief = page.getByText("Back online.");
  const dropped = page.getByText("The line to the room dropped.");
  // Everything that a notice ever said, however short.
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.querySelector("main [aria-live='polite']")!;
    new MutationObserver(() => region.textContent && said.push(region.textContent)).observe(
      region,
      { childList: true, subtree: true, characterData: true },
    );
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);

  await cut();
  await expect(connection(page)).toHaveText(/^Reconnecting/);
  await expect(connection(page)).toHaveText(/^Live/);
  expect(await said()).toEqual([]);

  // A wait that is long enough to click in it.
  down = true;
  await cut();
  await expect(dropped).toBeVisible();
  await expect(connection(page)).toHaveText(/^Reconnecting in ([4-9]|\d\d) s/, { timeout: 45_000 });
  down = false;
  await page.getByRole("button", { name: "try now", exact: true }).first().click();
  await expect(relief).toBeVisible();
  await expect(connection(page)).toHaveText(/^Live/);
  await expect(relief).toHaveCount(0);
  expect((await said()).filter((text) => text.includes("Back online."))).toHaveLength(1);
});
