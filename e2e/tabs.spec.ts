import { WebSocket } from "ws";
import { connection, enter, expect, listen, messages, say, test, type Person } from "./fixtures";

const LEASE_SECONDS = 4;
const GRACE_SECONDS = 3;
test.use({
  stackEnv: {
    PARTY_LEASE_SECONDS: String(LEASE_SECONDS),
    PARTY_GRACE_SECONDS: String(GRACE_SECONDS),
  },
});

/** Signs out in one tab by the menu, as a person does. */
async function signOut({ page }: Person) {
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
}

test("signing out and in again in one tab is followed by all others, without a reload", async ({
  person,
  room,
}) => {
  const noor = await person("Noor");
  const id = await room(noor);
  const others = [await noor.tab(), await noor.tab()];
  await enter(noor.page, id);
  for (const tab of others) {
    await enter(tab, id);
    // Gone with a reload.
    await tab.evaluate(() => Object.assign(window, { sameDocument: true }));
    await tab.getByRole("textbox", { name: "Message" }).fill("half a thought");
  }

  await signOut(noor);
  for (const tab of others) await expect(connection(tab)).toHaveText(/^Signed out/);

  await noor.page.getByLabel("Email").fill(noor.email);
  await noor.page.getByLabel("Password", { exact: true }).fill(noor.password);
  await noor.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(noor.page).toHaveURL(/\/rooms/);
  for (const tab of others) {
    await expect(connection(tab)).toHaveText(/^Live/);
    await expect(tab.getByRole("textbox", { name: "Message" })).toHaveValue("half a thought");
    expect(await tab.evaluate(() => "sameDocument" in window)).toBe(true);
  }
  await say(others[0]!, "Here again");
  await expect(messages(others[1]!)).toHaveCount(1);
});

test("signing out while the party is down works, and nobody is left in when it is back", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("WebSocket connection", "401");
  const noor = await person("Noor");
  const id = await room(noor);
  const other = await noor.tab();
  await enter(noor.page, id);
  await enter(other, id);
  const heard = listen(other);
  await stack.party.kill();
  await expect(connection(noor.page)).toHaveText(/^Reconnecting/);
  await signOut(noor);
  await expect(connection(other)).toHaveText(/^Signed out/);
  heard.sockets = 0;
  await stack.party.start();
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  expect(heard.sockets).toBe(0);
});

test("a sign-out that cannot reach the party ends the socket with its lease, and no later", async ({
  person,
  room,
  stack,
}) => {
  const noor = await person("Noor");
  const id = await room(noor);
  const origin = { origin: stack.url };
  const order = (use: string) =>
    noor.context.request.post("/api/party/token", { headers: origin, data: { room: id, use } });
  // The party lives and browsers reach it; only the app cannot.
  await stack.app.stop();
  await stack.app.start({ PARTY_HOST: "127.0.0.1:9" });
  try {
    const { token } = await (await order("connect")).json();
    // A client that would stay for ever if it were let: it renews nothing and knows of no tabs.
    const socket = new WebSocket(`ws://${stack.partyHost}/parties/main/${id}?token=${token}`);
    const closed = new Promise<number>((resolve) => socket.once("close", resolve));
    await new Promise((resolve) => socket.once("message", resolve));
    const from = Date.now();
    const { csrfToken } = await (await noor.context.request.get("/api/auth/csrf")).json();
    const out = await noor.context.request.post("/api/auth/signout", {
      headers: origin,
      form: { csrfToken, json: "true" },
    });
    expect(out.status()).toBe(200);
    expect((await order("refresh")).status()).toBe(401);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    expect(await closed).toBe(4408);
    expect(Date.now() - from).toBeLessThan((LEASE_SECONDS + GRACE_SECONDS + 1) * 1_000);
  } finally {
    await stack.app.stop();
    await stack.app.start({ PARTY_HOST: stack.partyHost });
  }
});
