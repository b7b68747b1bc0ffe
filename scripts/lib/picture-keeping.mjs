import { asking } from "./picture-scenery.mjs";
import { live } from "./picture-states.mjs";

/**
 * What people see of moderation, of keeping a room and of their own data, by the name of the picture.
 * Each has a page of Ada's to itself, the scene (`makeScenery`), her friends, and a way to speak to
 * a room as a server does.
 *
 * @typedef {{invite: string, closed: string, adaId: string, linusId: string}} Scene
 * @typedef {{page: import("playwright").Page, scene: Scene, friends: Record<string, import("playwright").Page>,
 *   origin: string, tell: (room: string, part: string, body: object) => Promise<void>}} Stage
 */

const enter = async (page, room) => {
  await page.goto(`/rooms/${room}`);
  await live(page);
};
const isPhone = (page) => page.viewportSize().width < 1024;

/** The list of people, wherever it is on this screen. */
async function peopleOf(page) {
  if (!isPhone(page)) return;
  await page
    .locator("header")
    .getByRole("button", { name: /people/i })
    .click();
}

async function about(page, name) {
  await peopleOf(page);
  const list = page.getByRole("list", { name: "People" });
  await list.getByRole("listitem").filter({ hasText: name }).hover();
  await list.getByRole("button", { name: `About ${name}` }).click();
  await page.getByRole("menu").waitFor();
}

async function keep(page, room) {
  await page.goto(`/rooms/${room}/settings`);
  await page.getByRole("heading", { name: "Room settings" }).waitFor();
  await page.waitForFunction(() => !document.querySelector("main .skeleton"));
}

async function asked(page, room, name) {
  await keep(page, room);
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("form", { name }).scrollIntoViewIfNeeded();
}

/** @type {Record<string, ((stage: Stage) => Promise<undefined | (() => Promise<unknown>)>) & {whole?: true}>} */
export const KEEPING = {
  banned: async ({ page }) => {
    await page.goto("/rooms/darkroom");
    await page.getByText(/^Banned from this room/).waitFor();
  },
  "invite-banned": async ({ page, scene }) => {
    await page.goto(scene.closed);
    await page.getByText(/^Banned from this room/).waitFor();
  },
  "room-private": async ({ page }) => void (await page.goto("/rooms/rooftop")),
  "room-archived": ({ page }) => enter(page, "summer-fair"),
  "room-tombstone": ({ page }) => enter(page, "record-player"),
  "room-muted": async ({ page, scene, tell }) => {
    const reason = "too loud after ten";
    await tell("engineering", "sanctions", {
      ...{ action: "mute", user: scene.adaId, seconds: 3_600, reason },
    });
    await enter(page, "engineering");
    await page.getByText(/^Muted until/).waitFor();
    return () => tell("engineering", "sanctions", { action: "unmute", user: scene.adaId });
  },
  "room-slow": async ({ page, tell, friends, origin }) => {
    // Another one each time: in the last one she would have to wait.
    const ask = asking(friends.grace.context(), origin);
    const id = `open-stage-${Date.now().toString(36)}`;
    await ask("POST", "/api/rooms", { id, name: "Open stage", visibility: "public" });
    await tell(id, "settings", { slowSeconds: 60 });
    await enter(page, id);
    await page.getByRole("textbox", { name: "Message" }).fill("One at a time, then");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText(/to wait/).waitFor();
    await page.getByRole("textbox", { name: "Message" }).fill("And another");
    return () => ask("DELETE", `/api/rooms/${id}`, { confirm: id });
  },
  "room-kicked": async ({ page, scene, tell }) => {
    await enter(page, "engineering");
    const reason = "calm down";
    const kick = { action: "kick", user: scene.adaId, seconds: 600, reason };
    await tell("engineering", "sanctions", kick);
    await page.getByText(/^Kicked until/).waitFor();
    return () => tell("engineering", "sanctions", { action: "unban", user: scene.adaId });
  },
  "room-notice": async ({ page, scene, tell }) => {
    await enter(page, "engineering");
    const by = { id: "grace", name: "Grace Obi" };
    const mute = { action: "mute", user: scene.linusId, seconds: 600, reason: "too loud", by };
    await tell("engineering", "sanctions", mute);
    await page.getByText(/was muted/).waitFor();
    return () => tell("engineering", "sanctions", { action: "unmute", user: scene.linusId });
  },
  "person-menu": async ({ page }) => {
    await enter(page, "general");
    await about(page, "Linus Falk");
  },
  "person-ban": async ({ page }) => {
    await enter(page, "general");
    await about(page, "Linus Falk");
    await page.getByRole("menuitem", { name: "Ban…" }).click();
    await page.getByLabel("Reason (optional)").fill("adverts, again");
  },
  "person-role": async ({ page }) => {
    await enter(page, "general");
    await about(page, "Linus Falk");
    await page.getByRole("menuitem", { name: "Change role…" }).click();
    await page.getByRole("dialog", { name: "Role of Linus Falk" }).waitFor();
  },
  "people-keeping": async ({ page }) => {
    await enter(page, "founders");
    await peopleOf(page);
    await page.getByText("Add somebody").filter({ visible: true }).click();
    await page.getByLabel("Their email").waitFor();
    await page.getByRole("button", { name: "Leave this room" }).click();
  },
  "room-settings": whole(async ({ page }) => {
    await keep(page, "bindery");
    await page.getByRole("button", { name: "Make a link" }).click();
    await page.getByLabel("Your new link").waitFor();
  }),
  "room-settings-archived": whole(({ page }) => keep(page, "attic")),
  "room-settings-delete": ({ page }) => asked(page, "bindery", "Delete room"),
  "room-settings-hand-over": ({ page }) => asked(page, "bindery", "Hand over"),
  "admin-disable": async ({ page }) => {
    await page.goto("/admin");
    await page.getByRole("button", { name: "Disable Linus Falk" }).click();
    await page.getByRole("dialog").waitFor();
  },
  "settings-whole": whole(async ({ page }) => {
    await page.goto("/settings");
    await page.getByRole("button", { name: "Delete account" }).click();
    await page.getByText("Keep my account").waitFor();
  }),
};

/** The picture shows the page from its head to its foot. */
function whole(act) {
  return Object.assign(act, { whole: true });
}
