const status = (page, text) =>
  page.getByRole("status", { name: "Connection" }).filter({ hasText: text }).waitFor();

/** The page holds a live connection. */
export const live = (page) => status(page, /^Live/);

/** Says something in the room and waits until it stands there; `shown`: a part that has no markup. */
export async function speak(page, text, shown = text) {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("article").filter({ hasText: shown }).first().waitFor();
}

const message = (page, text) => page.getByRole("article").filter({ hasText: text }).first();
const action = (page, text, name) => message(page, text).getByRole("button", { name, exact: true });
const isTouch = (page) => page.evaluate(() => matchMedia("(pointer: coarse)").matches);

/** Does one of the things that can be done with a message, with a mouse or a thumb. */
async function act(page, text, name) {
  if (await isTouch(page)) {
    await action(page, text, "Actions").click();
    await page.getByRole("menu").getByText(name, { exact: true }).click();
  } else {
    await message(page, text).hover();
    await action(page, text, name).click();
  }
}

/** Presses one of the reactions in a message's bar. */
export async function react(page, text, name) {
  await message(page, text).hover();
  await action(page, text, name).click();
}

/** Answers a message. */
export async function answer(page, text, words) {
  await message(page, text).hover();
  await action(page, text, "Reply").click();
  await speak(page, words);
}

/** Ends the page's connection and lets no other be made. */
async function dropped(page, before = () => undefined) {
  const open = [];
  let refuse = false;
  await page.routeWebSocket(/parties/, (socket) => {
    if (refuse) return void socket.close({ code: 1011 });
    open.push(socket);
    socket.connectToServer();
  });
  await page.reload();
  await live(page);
  refuse = true;
  await before();
  for (const socket of open) await socket.close({ code: 1011 });
}

/** States of a room page that need something done to it, by the name of their picture. */
export const STATES = {
  "room-typing": async (page, { grace }) => {
    await grace.getByRole("textbox", { name: "Message" }).pressSequentially("so");
    await page.getByText("is typing").first().waitFor();
  },
  "room-pending": async (page) => {
    await page.routeWebSocket(/parties/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((raw) => {
        if (!String(raw).includes('"chat.send"')) server.send(raw);
      });
    });
    await page.reload();
    await live(page);
    await page.getByRole("textbox", { name: "Message" }).fill("On my way down");
    await page.getByRole("button", { name: "Send", exact: true }).click();
  },
  "room-failed": async (page) => {
    await page.routeWebSocket(/parties/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((raw) => {
        const frame = JSON.parse(String(raw));
        if (frame.type !== "chat.send") return server.send(raw);
        const error = { type: "error", code: "muted", message: "", retryable: false };
        socket.send(JSON.stringify({ ...error, id: frame.id }));
      });
    });
    await page.reload();
    await live(page);
    await page.getByRole("textbox", { name: "Message" }).fill("Is this on?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("button", { name: "Retry" }).waitFor();
  },
  "room-reconnecting": async (page) => {
    await dropped(page);
    const button = page.getByRole("button", { name: /try now/i }).filter({ visible: true });
    await button.first().waitFor({ timeout: 30_000 });
  },
  "room-stopped": async (page) => {
    await page.route("**/api/party/token", (route) =>
      route.fulfill({ status: 403, json: { code: "forbidden", message: "" } }),
    );
    await page.reload();
    await status(page, /^Stopped/);
    await page.getByRole("log").getByRole("link", { name: "All rooms" }).waitFor();
  },
  "room-signed-out": async (page) => {
    await page.route("**/api/party/token", (route) =>
      route.fulfill({ status: 401, json: { code: "signed_out", message: "" } }),
    );
    await page.reload();
    await status(page, /^Signed out/);
    await page.getByRole("log").getByRole("button", { name: "Sign in again" }).waitFor();
  },
  "room-loading": async (page) => {
    await page.route("**/api/party/token", () => undefined);
    await page.reload();
    await status(page, /^Connecting/);
  },
  "room-offline": async (page) => {
    await dropped(page, () => page.context().setOffline(true));
    await status(page, /^Offline/);
    await page.getByRole("textbox", { name: "Message" }).fill("Written in the tunnel");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    return () => page.context().setOffline(false);
  },
  "room-grace": async (page) => {
    await page.route("**/api/party/token", async (route) => {
      if (route.request().postDataJSON().use === "connect") return route.continue();
      return route.fulfill({ status: 500, body: "" });
    });
    await page.routeWebSocket(/parties/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((raw) => {
        socket.send(raw);
        if (!String(raw).includes('"welcome"')) return;
        socket.send(JSON.stringify({ type: "auth.expired", graceMs: 25_000 }));
      });
    });
    await page.reload();
    await status(page, /^Renewing/);
  },
  "room-sign-in-ends": async (page) => {
    await page.route("**/api/party/token", async (route) => {
      const answer = await (await route.fetch()).json();
      await route.fulfill({ json: { ...answer, sessionExpiresInMs: 110_000 } });
    });
    await page.reload();
    await page.getByText(/Your sign-in ends/).waitFor();
  },
  "room-sign-in-again": async (page) => {
    await STATES["room-signed-out"](page);
    await page.getByRole("button", { name: "Sign in again" }).first().click();
    await page.getByRole("dialog").waitFor();
  },
  "room-actions": async (page) => {
    if (await isTouch(page)) await action(page, "Doors open", "Actions").click();
    else await message(page, "Doors open").hover();
  },
  "room-picker": async (page) => {
    if (await isTouch(page)) await action(page, "Doors open", "Actions").click();
    else await message(page, "Doors open").hover();
    await page.getByLabel(/^(Add reaction|More reactions)$/).click();
    await page.getByRole("gridcell").first().waitFor();
  },
  "room-hidden": async (page) => {
    const { request } = page.context();
    const people = await (await request.get("/api/admin/people?search=linus")).json();
    const address = `/api/hidden/${people.people[0].id}`;
    const headers = { origin: new URL(page.url()).origin };
    await request.put(address, { headers, data: {} });
    await page.reload();
    await live(page);
    await page
      .getByText(/[Hh]idden message/)
      .first()
      .waitFor();
    return () => request.delete(address, { headers });
  },
  "room-direct": async (page) => {
    const { request } = page.context();
    const headers = { origin: new URL(page.url()).origin };
    const data = { email: "grace@example.com" };
    const { id } = await (await request.post("/api/direct", { headers, data })).json();
    await page.goto(`/rooms/${id}`);
    await live(page);
  },
  "room-reply": (page) => act(page, "Two more plus ones", "Reply"),
  "room-edit": (page) => act(page, "Doors open", "Edit"),
  "room-delete": (page) => act(page, "Doors open", "Delete"),
  "room-mention": async (page) => {
    await page.getByRole("textbox", { name: "Message" }).pressSequentially("Ask @");
    await page.getByRole("option").first().waitFor();
  },
  "room-emoji": async (page) => {
    await page.getByRole("textbox", { name: "Message" }).pressSequentially("Good :par");
    await page.getByRole("option").first().waitFor();
  },
};
