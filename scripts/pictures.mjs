import { mkdirSync } from "node:fs";
import path from "node:path";
import { findBrowser } from "./lib/browser.mjs";
import { DATA, ROOT } from "./lib/config.mjs";
import { answer, live, react, speak, STATES } from "./lib/picture-states.mjs";
import { KEEPING } from "./lib/picture-keeping.mjs";
import { makeSecret } from "./lib/keys.mjs";
import { makeScenery } from "./lib/picture-scenery.mjs";
import { run, say } from "./lib/say.mjs";
import { setup } from "./setup.mjs";

/**
 * `npm run pictures`: photographs every page and state of the running app, in both themes and
 * three widths, into .guestlist/pictures; the README's own pictures go to docs/pictures.
 * `npm run pictures -- dark phone`: only those; `-- banned room-settings`: only these of the states.
 */
const words = process.argv.slice(2);
const chosen = (names) => {
  const named = names.filter((name) => words.includes(name));
  return named.length > 0 ? named : names;
};

const WIDTHS = { desktop: [1440, 900], tablet: [834, 1112], phone: [390, 844] };
/** Pictures by name, where some are asked for. */
const named = words.filter((word) => !(word in WIDTHS) && !["light", "dark"].includes(word));
const wanted = (states) =>
  Object.entries(states).filter(([name]) => named.length === 0 || named.includes(name));
const PASSWORD = "correct horse battery";
const OUT = path.join(DATA, "pictures");
const README = path.join(ROOT, "docs", "pictures");

const TALK = [
  ["ada", "Doors open at nine. The list is at forty-two."],
  ["grace", "Two more plus ones from the bindery, if there is room."],
  ["ada", "There is always room for people who bring bread."],
  ["linus", "I can take the door until ten, then I am on the record player."],
  ["grace", "Notes from last time: https://example.com/notes"],
  [
    "linus",
    "**Doors** at nine, *music* at ten. Ask for it with `x-guest: yes`, @Ada Marlow",
    "at nine",
  ],
  ["grace", "Good. See you under the stairs."],
];

async function signIn(browser, stack, name, options) {
  const context = await browser.newContext({ baseURL: stack.url, ...options });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  await context.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: `${name}@example.com`, password: PASSWORD, json: "true" },
  });
  return context;
}

/** What somebody sees who is not signed in. */
async function shootDoors(guest, shoot) {
  const stranger = await guest.newPage();
  for (const [name, address] of Object.entries({
    landing: "/",
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
  })) {
    await stranger.goto(address);
    await shoot(stranger, name);
  }
  await stranger.goto("/sign-in");
  await stranger.getByLabel("Email").fill("ada@example.com");
  await stranger.getByLabel("Password", { exact: true }).fill("not the password");
  await stranger.getByRole("button", { name: "Sign in", exact: true }).click();
  await stranger.getByRole("alert").filter({ hasText: /\S/ }).waitFor();
  await shoot(stranger, "sign-in-wrong");
  await guest.close();
}

/** Pages as they are when they are opened; the room in its common state comes last. */
async function shootPages(page, scene, shoot) {
  for (const [name, address] of Object.entries({
    rooms: "/rooms",
    invite: scene.invite,
    "invite-nowhere": "/invite/none",
    admin: "/admin",
    settings: "/settings",
    "not-found": "/rooms/no-such-room",
  })) {
    await page.goto(address);
    await shoot(page, name);
  }
  await page.goto("/settings");
  await page.getByRole("button", { name: "Delete account" }).click();
  await page.getByText("Keep my account").scrollIntoViewIfNeeded();
  await shoot(page, "settings-delete");
  await page.goto("/rooms/engineering");
  await live(page);
  await shoot(page, "room-empty");
  await page.goto("/rooms/general");
  await live(page);
  await shoot(page, "room");
  if (page.viewportSize().width < 600) {
    await page
      .locator("header")
      .getByRole("button", { name: /people/i })
      .click();
    await shoot(page, "room-people");
    await page.goBack();
    await page
      .locator("header")
      .getByRole("button", { name: /^rooms/i })
      .click();
    await shoot(page, "room-rooms");
    await page.goBack();
  }
}

await run(async () => {
  await setup();
  const { chromium } = await import("playwright");
  const { build } = await import("./lib/build.mjs");
  const { ownStack } = await import("./lib/own-stack.mjs");
  await build({ quiet: true });
  mkdirSync(OUT, { recursive: true });
  mkdirSync(README, { recursive: true });
  const apiKey = makeSecret();
  const stack = await ownStack({ PARTY_API_KEY: apiKey });
  const tell = async (room, part, body) => {
    const answer = await fetch(`http://${stack.partyHost}/parties/main/${room}/${part}`, {
      method: "POST",
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${room}/${part}: ${answer.status}`);
  };
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const friends = {};
    for (const name of ["ada", "grace", "linus"]) {
      const context = await signIn(browser, stack, name, {});
      friends[name] = await context.newPage();
      await friends[name].goto("/rooms/general");
      await live(friends[name]);
    }
    for (const [name, ...text] of TALK) await speak(friends[name], ...text);
    // A room she has seen, in which she is meant later; and one she wants to hear nothing of.
    await friends.ada.goto("/rooms/founders");
    await live(friends.ada);
    await friends.ada.request.put("/api/rooms/engineering/mute", {
      headers: { origin: stack.url },
    });
    await friends.ada.goto("/rooms");
    await friends.grace.goto("/rooms/founders");
    await live(friends.grace);
    await speak(friends.grace, "@Ada Marlow, who holds the key on Friday?");
    await friends.grace.goto("/rooms/general");
    await live(friends.grace);

    await react(friends.grace, "bring bread", "React with ❤️");
    await react(friends.linus, "bring bread", "React with ❤️");
    await answer(friends.linus, "bread", "Rye, then.");

    const scene = await makeScenery(friends, stack.url);

    for (const theme of chosen(["light", "dark"])) {
      for (const device of chosen(Object.keys(WIDTHS))) {
        const [width, height] = WIDTHS[device];
        const look = {
          viewport: { width, height },
          colorScheme: theme,
          deviceScaleFactor: 2,
          hasTouch: device !== "desktop",
          locale: "en-GB",
        };
        const shoot = async (page, name, fullPage = false) => {
          await page.evaluate(() => document.fonts.ready);
          const file = path.join(OUT, `${name}-${device}-${theme}.png`);
          await page.screenshot({ path: file, animations: "disabled", fullPage });
        };
        const ada = await signIn(browser, stack, "ada", look);
        if (named.length === 0) {
          await shootDoors(await browser.newContext({ baseURL: stack.url, ...look }), shoot);
          const page = await ada.newPage();
          await shootPages(page, scene, shoot);
          if (device === "desktop" || (device === "phone" && theme === "dark")) {
            await page.screenshot({ path: path.join(README, `room-${device}-${theme}.png`) });
          }
          await page.close();
        }
        for (const [name, act] of wanted(STATES)) {
          const page = await ada.newPage();
          await page.goto("/rooms/general");
          await live(page);
          const undo = await act(page, friends);
          await shoot(page, name);
          await undo?.();
          await page.close();
        }
        for (const [name, act] of wanted(KEEPING)) {
          const page = await ada.newPage();
          const undo = await act({ page, scene, friends, origin: stack.url, tell });
          await shoot(page, name, act.whole);
          await undo?.();
          await page.close();
        }
        await ada.close();
        say(`${device}, ${theme}`);
      }
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
  say(`Pictures are in ${path.relative(ROOT, OUT)} and docs/pictures.`);
  process.exit(0);
});
