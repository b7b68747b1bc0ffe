import {
  connection,
  enter,
  expect,
  listen,
  messages,
  people,
  say,
  signedIn,
  test,
  type Person,
  idOf,
} from "./fixtures";

const WITHIN_A_SECOND = { timeout: 1_000 };

/** What the token route answers somebody now. */
const tokenStatus = async ({ context }: Person, origin: string) =>
  (
    await context.request.post("/api/party/token", {
      headers: { origin },
      data: { room: "general", use: "connect" },
    })
  ).status();

test("a new name is seen in the room at once, and stands on what is said from then on", async ({
  person,
  room,
}) => {
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const id = await room(maya);
  await enter(maya.page, id);
  await enter(bo.page, id);
  await say(maya.page, "before");
  await expect(messages(bo.page)).toHaveCount(1);
  const settings = await maya.tab();
  await settings.goto("/settings");
  await settings.getByLabel("Name", { exact: true }).fill("Maya Lin");
  await settings.getByRole("button", { name: "Change name" }).click();
  await expect(settings.getByText("Changed, in your rooms too.")).toBeVisible();
  await expect(people(bo.page).filter({ hasText: "Maya Lin" })).toBeVisible(WITHIN_A_SECOND);
  await say(maya.page, "after");
  await expect(messages(bo.page)).toHaveCount(2);
  const transcript = bo.page.getByRole("log", { name: "Messages" });
  await expect(transcript.getByText("Maya Lin", { exact: true })).toHaveCount(1);
  await expect(transcript.getByText("Maya", { exact: true })).toHaveCount(1);
});

test("a new password ends every other sign-in and its sockets in every room; this one goes on", async ({
  person,
  stranger,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("400", "401");
  const here = await person("Maya");
  const there = await signedIn(await stranger(), here);
  const second = await there.tab();
  await enter(there.page, "general");
  await enter(second, "engineering");
  const room = await here.tab();
  const heard = listen(room);
  await enter(room, "general");

  await here.page.goto("/settings");
  await expect(here.page.getByRole("list", { name: "Sign-ins" }).getByRole("listitem")).toHaveCount(
    2,
  );
  const change = here.page.getByRole("button", { name: "Change password" });
  await here.page.getByLabel("Current password").fill("not the one");
  await here.page.getByLabel("New password").fill("a lamp on the stairs");
  await change.click();
  await expect(here.page.getByLabel("Current password")).toHaveAttribute("aria-invalid", "true");
  await expect(connection(there.page)).toHaveText(/^Live/);

  await here.page.getByLabel("Current password").fill(here.password);
  const changed = here.page.waitForResponse("**/api/account/password");
  await change.click();
  expect((await changed).status()).toBe(200);
  await expect(connection(there.page)).toHaveText(/^Signed out/, WITHIN_A_SECOND);
  await expect(connection(second)).toHaveText(/^Signed out/, WITHIN_A_SECOND);
  expect(await tokenStatus(there, stack.url)).toBe(401);

  await expect(here.page.getByRole("list", { name: "Sign-ins" }).getByRole("listitem")).toHaveText([
    /this one.*Signed in just now · last used just now/s,
  ]);
  await say(room, "still here");
  await expect(messages(room).filter({ hasText: "still here" }).last()).toBeVisible();
  expect(heard.sockets).toBe(1);
  expect(await tokenStatus(here, stack.url)).toBe(200);
});

test("a deleted account is out of every room at once, cannot come back, and its words stay", async ({
  person,
  stranger,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("400", "401");
  const [maya, bo] = [await person("Maya"), await person("Bo")];
  const elsewhere = await signedIn(await stranger(), maya);
  const id = await room(bo);
  await enter(bo.page, id);
  await enter(elsewhere.page, id);
  await say(elsewhere.page, "I was here");
  await expect(messages(bo.page)).toHaveCount(1);

  await maya.page.goto("/settings");
  await maya.page.getByRole("button", { name: "Delete account" }).click();
  await expect(maya.page.getByLabel("Leave them, under my name")).toBeChecked();
  await maya.page.getByLabel("Your password").fill("not the one");
  await maya.page.getByRole("button", { name: "Delete for good" }).click();
  await expect(maya.page.getByLabel("Your password")).toHaveAttribute("aria-invalid", "true");
  await maya.page.getByLabel("Your password").fill(maya.password);
  const deleted = maya.page.waitForResponse("**/api/account");
  await maya.page.getByRole("button", { name: "Delete for good" }).click();
  expect((await deleted).status()).toBe(200);

  await expect(connection(elsewhere.page)).toHaveText(/^Signed out/, WITHIN_A_SECOND);
  await expect(people(bo.page).filter({ hasText: "Maya" })).toHaveCount(0, WITHIN_A_SECOND);
  await expect(messages(bo.page).filter({ hasText: "I was here" })).toHaveCount(1);
  await expect(maya.page).toHaveURL(new URL("/", stack.url).href);
  for (const who of [maya, elsewhere]) expect(await tokenStatus(who, stack.url)).toBe(401);

  await maya.page.getByLabel("Email").fill(maya.email);
  await maya.page.getByLabel("Password", { exact: true }).fill(maya.password);
  await maya.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(maya.page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
});

test("an admin disables somebody: out of every room, refused like a wrong password, until enabled", async ({
  demo,
  person,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const [ada, maya, bo] = [await demo("ada"), await person("Maya"), await person("Bo")];
  const id = await idOf(maya);
  const act = async ({ context }: Person, what: string, headers = { origin: stack.url }) =>
    (await context.request.post(`/api/admin/people/${id}/${what}`, { headers })).status();
  const second = await maya.tab();
  await enter(maya.page, "general");
  await enter(second, "engineering");

  expect(await act(bo, "disable")).toBe(403);
  expect(await act(ada, "disable", { origin: "https://evil.example" })).toBe(403);
  await expect(connection(maya.page)).toHaveText(/^Live/);
  expect(await act(ada, "disable")).toBe(200);
  for (const page of [maya.page, second]) {
    await expect(connection(page)).toHaveText(/^Signed out/, WITHIN_A_SECOND);
  }
  expect(await tokenStatus(maya, stack.url)).toBe(401);

  const tell = async (password: string) => {
    await maya.page.goto("/sign-in");
    await maya.page.getByLabel("Email").fill(maya.email);
    await maya.page.getByLabel("Password", { exact: true }).fill(password);
    await maya.page.getByRole("button", { name: "Sign in", exact: true }).click();
    const alert = maya.page.getByRole("alert").filter({ hasText: /\S/ });
    await expect(alert).toBeVisible();
    return alert.innerText();
  };
  expect(await tell(maya.password)).toBe(await tell("not the one"));
  expect(await act(ada, "enable")).toBe(200);
  await signedIn(maya.page, maya);
  await enter(maya.page, "general");
});

test("the party cannot be reached: the password changes all the same, and no token is minted", async ({
  person,
  stranger,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("WebSocket", "401");
  const here = await person("Maya");
  const there = await signedIn(await stranger(), here);
  await enter(there.page, "general");
  await stack.party.kill();
  try {
    const answer = await here.context.request.post("/api/account/password", {
      headers: { origin: stack.url },
      data: { current: here.password, password: "a lamp on the stairs" },
    });
    expect(answer.status()).toBe(200);
  } finally {
    await stack.party.start();
  }
  expect(await tokenStatus(there, stack.url)).toBe(401);
  await expect(connection(there.page)).toHaveText(/^Signed out/);
});
