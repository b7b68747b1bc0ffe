import { setTimeout as wait } from "node:timers/promises";
import { crowdOf } from "../lib/crowd.mjs";
import { guestlist, OURS, PEERS } from "../lib/peers.mjs";
import { pin, serverCores, usage } from "../lib/system.mjs";
import { attack, PIECE_SECONDS } from "./attack.mjs";
import { rounds } from "./rounds.mjs";

/** As shipped: how long a presented token authorises a connection. */
const LEASE_SECONDS = 300;
const RENEW_AT = 0.75;
const AT_ONCE = 100;
/** A sample is as long as a piece of an attack, lest its beginnings and ends pass for a rise; of short runs there are some. */
const SAMPLE_MS = PIECE_SECONDS * 1_000;
const SAMPLES = 12;

/** A party with the limits as shipped, in the shape in which crowds know it. */
export async function ourParty() {
  const party = await guestlist({ limits: {} });
  pin(party.pid, serverCores);
  return Object.assign(party, { ...PEERS[OURS], name: OURS });
}

/**
 * Members in their rooms talk at a pace. Each renews as a browser would, and says that it is there.
 * @param {object} options
 * @param {number} options.rooms
 * @param {number} options.members of each room
 * @param {number} options.perSecond messages, of all rooms together
 * @param {number} options.seconds
 * @param {number} [options.talkers] how many of all members talk; all of them
 * @param {number} [options.leaseSeconds]
 * @param {boolean} [options.attacked] bad guests are at work meanwhile
 * @param {(text: string) => void} options.say hears how it goes
 * @returns {Promise<import("./judge.mjs").Talk & {notes: string[]}>}
 */
export async function talk(options) {
  const { rooms, members, perSecond, seconds, leaseSeconds = LEASE_SECONDS, say } = options;
  const party = await ourParty();
  const over = new AbortController();
  let crowd;
  const people = Array.from({ length: rooms * members }, (_, index) => ({
    name: `member-${index}`,
    room: `load-${index % rooms}`,
  }));
  const mint = (some, use) =>
    Promise.all(
      some.map(({ name, room }) => party.token(name, { use, room, lease: leaseSeconds })),
    );
  try {
    crowd = await crowdOf(party);
    for (let at = 0; at < people.length; at += AT_ONCE) {
      const tokens = await mint(people.slice(at, at + AT_ONCE), "connect");
      await crowd.tell("connect", { tokens, talkers: 0 });
    }
    await crowd.tell("watch", { rooms: people.map(({ room }) => room) });

    const renewing = renewals(crowd, people, leaseSeconds, mint, over.signal);
    const attacking = options.attacked ? attack(party, people[0].room, over.signal) : null;
    const told = { latency: {}, refusals: {}, samples: [] };
    const watching = watch({ party, crowd, seconds, say, told, signal: over.signal });
    const talkers = options.talkers ?? people.length;
    await crowd.tell("talk", { perSecond, seconds, talkers });
    over.abort();
    await Promise.all([renewing, watching]);
    const notes = [`${told.renewed} renewals`, ...((await attacking) ?? [])];
    for (const [code, count] of Object.entries(told.refusals)) notes.push(`${count} × ${code}`);
    const asked = Math.ceil(perSecond * seconds);
    return { ...told, seconds, asked, audience: members, notes };
  } finally {
    over.abort();
    await crowd?.stop();
    await party.stop();
  }
}

/** A slice of the members each second, so that nobody's lease ends. */
async function renewals(crowd, people, leaseSeconds, mint, signal) {
  const slice = Math.ceil(people.length / (leaseSeconds * RENEW_AT));
  const turns = rounds(people.length, slice);
  while (await pause(1_000, signal)) {
    const { from, to } = turns.next().value;
    const tokens = await mint(people.slice(from, to), "refresh");
    await crowd.tell("renew", { from, tokens });
  }
}

/** Adds up what the crowd counts, and samples the party beside it. */
async function watch({ party, crowd, seconds, say, told, signal }) {
  const everyMs = Math.min(SAMPLE_MS, (seconds * 1_000) / SAMPLES);
  const from = performance.now();
  let before = { ...usage(party.pid), at: from };
  for (;;) {
    const goesOn = await pause(everyMs, signal);
    const { latency, refusals, closed, ...counts } = await crowd.tell("take");
    for (const [name, count] of Object.entries(counts)) told[name] = (told[name] ?? 0) + count;
    for (const [ms, count] of Object.entries(latency))
      told.latency[ms] = (told.latency[ms] ?? 0) + count;
    for (const [code, count] of Object.entries(refusals))
      told.refusals[code] = (told.refusals[code] ?? 0) + count;
    told.closed = closed;
    const now = { ...usage(party.pid), at: performance.now() };
    const cpu = ((now.cpuSeconds - before.cpuSeconds) * 1_000) / (now.at - before.at);
    // The last piece is as long as it happens to be.
    if (goesOn) told.samples.push({ at: (now.at - from) / 1_000, cpu, bytes: now.bytes });
    before = now;
    if (!goesOn) return;
    if (told.samples.length % 6 === 0) {
      say(`  ${Math.round((now.at - from) / 1_000)} s, ${told.sent} sent, ${told.delivered} heard`);
    }
  }
}

/** False once the signal says that it is over. */
export const pause = (ms, signal) =>
  wait(ms, true, { signal }).catch((error) => {
    if (error.name === "AbortError") return false;
    throw error;
  });
