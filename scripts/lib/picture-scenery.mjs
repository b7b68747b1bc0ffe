/**
 * What the pages around the rooms show: rooms by invitation and archived, a talk between two, and an
 * invitation; made by Grace, as Ada is photographed.
 *
 * @param {import("playwright").Page} grace
 * @param {string} origin
 * @returns {Promise<{invite: string}>} the path of an invitation that nobody has used
 */
export async function makeScenery(grace, origin) {
  const { request } = grace.context();
  const ask = async (method, path, data) => {
    const answer = await request.fetch(path, { method, headers: { origin }, data });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()}`);
    return answer.json();
  };
  const room = (id, name, topic, visibility) =>
    ask("POST", "/api/rooms", { id, name, topic, visibility });
  await room("kitchen", "Kitchen", "Who cooks, and for how many", "invite");
  await room("summer-fair", "Summer fair", "It was a good one", "public");
  await ask("PATCH", "/api/rooms/summer-fair", { archived: true });
  await room("rooftop", "Rooftop", "Only when it does not rain", "private");
  const { path } = await ask("POST", "/api/rooms/rooftop/invites", {});
  await ask("POST", "/api/direct", { email: "ada@example.com" });
  return { invite: path };
}
