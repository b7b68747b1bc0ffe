import { expect, test } from "./fixtures";

test("a new person signs up with name, email and password, and is in", async ({ stranger }) => {
  const page = await stranger();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Maya Lin");
  await page.getByLabel("Email").fill(`maya-${Date.now()}@example.com`);
  await page.getByLabel("Password", { exact: true }).fill("a lamp on the stairs");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/rooms$/);
  await expect(page.getByRole("link", { name: /General/ }).first()).toBeVisible();
});

test("a sign-up that cannot be says why beside the field and keeps what was typed", async ({
  stranger,
  account,
  expectedErrors,
}) => {
  expectedErrors.push("409", "400");
  const taken = await account("Taken");
  const page = await stranger();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Maya Lin");
  await page.getByLabel("Email").fill(taken.email);
  await page.getByLabel("Password", { exact: true }).fill("password");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await page.getByLabel("Password", { exact: true }).fill("a lamp on the stairs");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Name")).toHaveValue("Maya Lin");
});

test("signing in leads back to the page that asked for it", async ({ stranger, account }) => {
  const { email, password } = await account("Noor");
  const page = await stranger();
  await page.goto("/rooms/engineering");
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Frooms%2Fengineering$/);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/rooms\/engineering$/);
});

test("signing in never leads to another site", async ({ stranger, account, stack }) => {
  const { email, password } = await account("Noor");
  for (const target of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    const page = await stranger();
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(target)}`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(`${stack.url}/rooms`);
  }
});

test("a wrong password and an unknown person get the same answer", async ({
  stranger,
  account,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const { email } = await account("Noor");
  const answers: string[] = [];
  for (const address of [email, `nobody-${Date.now()}@example.com`]) {
    const page = await stranger();
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(address);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const alert = page.getByRole("alert").filter({ hasText: /\S/ });
    await expect(alert).toBeVisible();
    answers.push(await alert.innerText());
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.getByLabel("Email")).toHaveValue(address);
  }
  expect(answers[0]).toBe(answers[1]);
});

test("too many wrong passwords: the page says how long to wait", async ({
  stranger,
  account,
  expectedErrors,
}) => {
  expectedErrors.push("401", "429");
  const { email } = await account("Noor");
  const page = await stranger();
  await page.goto("/sign-in");
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  for (let attempt = 0; attempt < 10; attempt++) {
    await page.request.post("/api/auth/callback/credentials", {
      form: { csrfToken, email, password: `wrong ${attempt}`, json: "true" },
    });
  }
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("wrong again");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\d+ second/ })).toBeVisible();
});

test("signing out closes the socket, here and in the other tabs, and the way back is shut", async ({
  person,
  expectedErrors,
}) => {
  expectedErrors.push("401");
  const noor = await person("Noor");
  const other = await noor.tab();
  const closed = new Promise<void>((resolve) =>
    noor.page.on("websocket", (socket) => socket.on("close", () => resolve())),
  );
  await noor.page.goto("/rooms/general");
  await other.goto("/rooms/general");
  const status = (page: typeof other) => page.getByRole("status", { name: "Connection" });
  await expect(status(noor.page)).toHaveText(/^Live/);
  await expect(status(other)).toHaveText(/^Live/);
  const cookies = await noor.context.cookies();

  await noor.page.getByRole("button", { name: /account/i }).click();
  await noor.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(noor.page).toHaveURL(/\/(sign-in.*)?$/);
  await closed;
  await expect(status(other)).toHaveText(/^Signed out/);

  // A copy of the cookie is worth nothing afterwards.
  await noor.context.addCookies(cookies);
  const token = await noor.context.request.post("/api/party/token", {
    headers: { origin: new URL(noor.page.url()).origin },
    data: { room: "general", use: "connect" },
  });
  expect(token.status()).toBe(401);
  expect(await token.json()).toMatchObject({ code: "signed_out" });
});
