import { live, speak } from "./picture-states.mjs";

/** Asks the app as the person of a browser; answers with what it says. */
export const asking =
  ({ request }, origin) =>
  async (method, path, data) => {
    const answer = await request.fetch(path, { method, headers: { origin }, data });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()}`);
    return answer.json();
  };

/** Deletes somebody's message as one who keeps order, with a reason. */
async function takeAway(page, text, reason) {
  const line = page.getByRole("article").filter({ hasText: text }).first();
  await line.hover();
  await line.getByRole("button", { name: "Delete" }).click();
  await line.getByLabel("Reason (optional)").fill(reason);
  await line.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("Deleted by a moderator").first().waitFor();
}

/** Reports a message. */
async function report(page, text, reason) {
  const line = page.getByRole("article").filter({ hasText: text }).first();
  await line.hover();
  await line.getByRole("button", { name: "Report" }).click();
  await line.getByLabel("What is wrong with it (optional)").fill(reason);
  await line.getByRole("button", { name: "Report", exact: true }).click();
  await line.getByRole("group", { name: /^Reported/ }).waitFor();
}

/**
 * What the pages around the rooms show: rooms by invitation and archived, a talk between two,
 * invitations, a room that Ada keeps, one that she is banned from, and one where her words are gone.
 *
 * @param {Record<"ada" | "grace" | "linus", import("playwright").Page>} friends
 * @param {string} origin
 * @returns the rooms, invitations and people that pictures are taken of
 */
export async function makeScenery({ ada, grace, linus }, origin) {
  const ask = asking(grace.context(), origin);
  const adaAsks = asking(ada.context(), origin);
  const idOf = async (page) =>
    (await asking(page.context(), origin)("GET", "/api/auth/session")).user.id;
  const [adaId, linusId] = [await idOf(ada), await idOf(linus)];
  const room = (id, name, topic, visibility, by = ask) =>
    by("POST", "/api/rooms", { id, name, topic, visibility });
  await room("kitchen", "Kitchen", "Who cooks, and for how many", "invite");
  await room("summer-fair", "Summer fair", "It was a good one", "public");
  await enter(grace, "summer-fair");
  await speak(grace, "Thank you all. Same time next year.");
  await ask("PATCH", "/api/rooms/summer-fair", { archived: true });
  await room("rooftop", "Rooftop", "Only when it does not rain", "private");
  const { path: invite } = await ask("POST", "/api/rooms/rooftop/invites", {});
  await ask("POST", "/api/direct", { email: "ada@example.com" });

  await room("darkroom", "Darkroom", "Red light only", "invite");
  const { path: closed } = await ask("POST", "/api/rooms/darkroom/invites", {});
  const ban = { user: adaId, seconds: 7 * 86_400, reason: "Opened the door twice" };
  await ask("POST", "/api/rooms/darkroom/bans", ban);
  await ask("POST", "/api/rooms/darkroom/members", { email: "ada@example.com", role: "member" });

  await room("record-player", "Record player", "One song each", "public");
  await enter(ada, "record-player");
  await speak(ada, "Mine is eleven minutes long");
  await enter(grace, "record-player");
  await takeAway(grace, "eleven minutes", "one song, not one side");

  await room("bindery", "Bindery", "Glue, thread and patience", "public", adaAsks);
  await enter(linus, "bindery");
  await speak(linus, "Buy my lamps, they are the best lamps, half price until Friday");
  await enter(grace, "bindery");
  await report(grace, "lamps", "adverts, the third today");
  await enter(ada, "bindery");
  await speak(ada, "The guillotine is for paper. Only paper.");
  await report(linus, "guillotine", "sounds like a threat");
  const moderator = { email: "grace@example.com", role: "moderator" };
  await adaAsks("POST", "/api/rooms/bindery/members", moderator);
  await adaAsks("POST", "/api/rooms/bindery/invites", { maxUses: 5, role: "reader" });
  await adaAsks("POST", "/api/rooms/bindery/invites", { expiresInSeconds: 86_400 });
  const lamps = { user: linusId, seconds: 86_400, reason: "adverts" };
  await adaAsks("POST", "/api/rooms/bindery/bans", lamps);
  await room("attic", "Attic", "Cleared out in May", "public", adaAsks);
  await adaAsks("PATCH", "/api/rooms/attic", { archived: true });
  await ada.close();
  await enter(linus, "general");
  await enter(grace, "general");
  return { invite, closed, adaId, linusId };
}

async function enter(page, room) {
  await page.goto(`/rooms/${room}`);
  await live(page);
}
