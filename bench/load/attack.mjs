import { crowdOf } from "../lib/crowd.mjs";

/** Tokens live two minutes at the most: each piece of an attack brings fresh ones. */
export const PIECE_SECONDS = 10;
const FORGED = { perSecond: 50 };
/** One token, presented again and again: genuine, spent, and judged by the room itself. */
const SPENT = { perSecond: 20 };
/** What the token route gives one login session at the most is two a second: five of them come and go. */
const COMING_AND_GOING = { people: 5, perSecond: 10 };
/** Ten times what a connection may say. */
const SHOUTING = { people: 5, perSecond: 100 };

/**
 * Bad guests of a room, for as long as the signal lets them: forged tokens, a spent one, people who
 * come and go without end, and people who shout past every limit.
 * @returns {Promise<string[]>} how each was answered, and how often
 */
export async function attack(party, room, signal) {
  const crowd = await crowdOf(party);
  const told = { forged: {}, spent: {}, "coming and going": {}, shouting: {} };
  const add = (kind) => (outcomes) => {
    for (const [what, count] of Object.entries(outcomes)) {
      told[kind][what] = (told[kind][what] ?? 0) + count;
    }
  };
  const tokens = (count, name, people = count) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        party.token(`${name}-${index % people}`, { room, lease: 60 }),
      ),
    );
  const seconds = PIECE_SECONDS;
  try {
    while (!signal.aborted) {
      const spent = await tokens(1, "replayer");
      const visits = COMING_AND_GOING.perSecond * seconds;
      const visitors = await tokens(visits, "visitor", COMING_AND_GOING.people);
      const forged = (await tokens(20, "forger")).map(forge);
      const shouters = await tokens(SHOUTING.people, "shouter");
      const knock = (kind, tokens, { perSecond }) =>
        crowd.tell("knock", { tokens, perSecond, seconds }).then(add(kind));
      await Promise.all([
        knock("forged", forged, FORGED),
        knock("spent", spent, SPENT),
        knock("coming and going", visitors, COMING_AND_GOING),
        crowd
          .tell("shout", { tokens: shouters, perSecond: SHOUTING.perSecond, seconds })
          .then(add("shouting")),
      ]);
    }
  } finally {
    await crowd.stop();
  }
  return Object.entries(told).map(
    ([kind, outcomes]) =>
      `${kind}: ${Object.entries(outcomes)
        .map(([what, count]) => `${count} × ${what}`)
        .join(", ")}`,
  );
}

/** Another signature of the same length under the same words. */
function forge(token) {
  const at = token.lastIndexOf(".") + 1;
  const flipped = token[at] === "A" ? "B" : "A";
  return token.slice(0, at) + flipped + token.slice(at + 1);
}
