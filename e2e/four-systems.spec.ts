import { createClient } from "@libsql/client";
import { APP_GONE, connection, enter, expect, listen, messages, say, test } from "./fixtures";

/** What the four systems this one grew from can do, where it takes a browser, an app and a party. */

test("PartyKit's authentication guide: a token is asked for at every dial and is worth nothing after it", async ({
  person,
  room,
}) => {
  const ada = await person("Ada");
  const dials: string[] = [];
  let asked = 0;
  ada.page.on("websocket", (socket) => {
    if (socket.url().includes("/parties/")) dials.push(socket.url());
  });
  ada.page.on("request", (request) => {
    if (request.url().endsWith("/api/party/token")) asked++;
  });
  const id = await room(ada);
  await enter(ada.page, id);
  await ada.page.reload();
  await expect(connection(ada.page)).toHaveText(/^Live/);
  const tokens = dials.map((address) => new URL(address).searchParams.get("token"));
  expect(tokens).toHaveLength(2);
  expect(new Set(tokens).size).toBe(2);
  expect(asked).toBe(2);
  const codes = await ada.page.evaluate(
    (addresses) =>
      Promise.all(
        addresses.map(
          (address) =>
            new Promise((done) => {
              new WebSocket(address).onclose = ({ code }) => done(code);
            }),
        ),
      ),
    dials,
  );
  expect(codes).toEqual([4409, 4409]);
});

test("Verani's secure room: a socket that is closed as unauthorised leads to the sign-in, and only it", async ({
  person,
  room,
  stack,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  const other = await ada.tab();
  await enter(ada.page, id);
  await enter(other, id);
  const { sessions } = await (await ada.context.request.get("/api/sessions")).json();
  const [{ id: sid }] = sessions;
  const answer = await fetch(`http://${stack.partyHost}/parties/main/${id}/revoke`, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ sid, reason: "ended_elsewhere" }),
  });
  expect(await answer.json()).toMatchObject({ closed: 2 });
  for (const page of [ada.page, other]) {
    await expect(connection(page)).toHaveText(/^Signed out/);
    await expect(page.getByRole("button", { name: "Sign in again" }).first()).toBeVisible();
  }
});

test("Linode's guide: from the login to a token to a socket to everybody, with passwords hashed and keys of 256 bits", async ({
  account,
  stranger,
  person,
  room,
  stack,
}) => {
  const ada = await person("Ada");
  const id = await room(ada);
  await enter(ada.page, id);
  const bo = await account("Bo");
  const page = await stranger();
  const heard = listen(page);
  await page.goto(`/rooms/${id}`);
  await page.getByLabel("Email").fill(bo.email);
  await page.getByLabel("Password", { exact: true }).fill(bo.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(connection(page)).toHaveText(/^Live/);
  await page.getByRole("textbox", { name: "Message" }).fill("   ");
  await page.getByRole("textbox", { name: "Message" }).press("Enter");
  await say(page, "to everybody");
  await expect(messages(ada.page)).toHaveCount(1);
  await expect(messages(ada.page)).toContainText("to everybody");
  expect(heard.sockets).toBe(1);

  const database = createClient({ url: stack.databaseUrl });
  const { rows } = await database.execute({
    sql: "SELECT password_hash FROM people WHERE email = ?",
    args: [bo.email],
  });
  database.close();
  expect(String(rows[0]?.password_hash)).toMatch(/^\$argon2id\$/);
  const { NEXTAUTH_SECRET: secret, PARTY_TOKEN_PRIVATE_JWK: jwk } = stack.app.env;
  expect(Buffer.from(secret, "base64url").length).toBeGreaterThanOrEqual(32);
  expect(Buffer.from(JSON.parse(jwk).d, "base64url")).toHaveLength(32);
});

test("SocketCluster: a sign-in outlives lost connections, and all tabs share it and its end", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push("ERR_CONNECTION_REFUSED", "WebSocket connection", "401");
  const ada = await person("Ada");
  const id = await room(ada);
  const other = await ada.tab();
  await enter(ada.page, id);
  await enter(other, id);
  await stack.party.kill();
  for (const page of [ada.page, other]) {
    await expect(connection(page)).not.toHaveText(/^Live/);
  }
  await stack.party.start();
  for (const page of [ada.page, other]) {
    await expect(connection(page)).toHaveText(/^Live/, { timeout: 45_000 });
  }
  await say(other, "still me");
  await expect(messages(ada.page)).toContainText("still me");
  await ada.page.getByRole("button", { name: /^Account/ }).click();
  await ada.page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(connection(other)).toHaveText(/^Signed out/);
});

test("SocketCluster: who is in needs the database no more: with the app gone two people talk on", async ({
  person,
  room,
  stack,
  expectedErrors,
}) => {
  expectedErrors.push(...APP_GONE, "Failed to fetch");
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const id = await room(ada);
  await enter(ada.page, id);
  await enter(bo.page, id);
  // Signed while the app was there; verified by the party alone.
  const answer = await ada.context.request.post("/api/party/token", {
    headers: { origin: stack.url },
    data: { room: id, use: "connect" },
  });
  const { token } = await answer.json();
  await stack.app.stop();
  try {
    await say(ada.page, "anybody there?");
    await expect(messages(bo.page)).toContainText("anybody there?");
    await say(bo.page, "all of us");
    await expect(messages(ada.page).last()).toContainText("all of us");
    const first = await ada.page.evaluate(
      (address) =>
        new Promise<string>((done) => {
          const socket = new WebSocket(address);
          socket.onmessage = ({ data }) => {
            done([JSON.parse(data)].flat()[0].type);
            socket.close();
          };
        }),
      `ws://${stack.partyHost}/parties/main/${id}?token=${token}`,
    );
    expect(first).toBe("welcome");
  } finally {
    await stack.app.start();
  }
});
