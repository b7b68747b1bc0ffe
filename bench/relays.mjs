import { WebSocket } from "ws";
import { crowdOf } from "./lib/crowd.mjs";
import { percentile } from "./lib/figures.mjs";
import { costOf } from "./lib/measured.mjs";
import { guestlist, PEERS, RAISED } from "./lib/peers.mjs";
import { machine, pin, serverCores, usage } from "./lib/system.mjs";

/**
 * One room with its sockets at relays: what a message takes, what the party works and holds, and what
 * a welcome weighs. On one machine room and relays share a thread, so this shows that it holds and
 * what it costs in all, not how much faster several objects would be.
 * `node bench/relays.mjs people=5000 relays=4`; relays=0 is the room alone.
 */
const given = { people: 5_000, relays: 4, seconds: 10 };
for (const word of process.argv.slice(2)) {
  const [name = "", value] = word.split("=");
  if (!(name in given) || !(Number(value) >= 0)) {
    process.stderr.write(`Not understood: ${word}. There are: ${Object.keys(given).join(" ")}\n`);
    process.exit(1);
  }
  given[name] = Number(value);
}
const { people, relays, seconds } = given;
const TALKERS = 100;
const RATES = [5, 20, 50];
const MIB = 2 ** 20;

const say = (text) => process.stdout.write(`${text}\n`);
const party = await guestlist({ limits: { ...RAISED, ROOM_RELAYS: String(relays) } });
pin(party.pid, serverCores);
const peer = Object.assign(party, { ...PEERS.guestlist, name: "guestlist" });
const crowd = await crowdOf(peer);

/** How many bytes the first frame of one more person has. */
async function welcomeBytes() {
  const token = await peer.token("visitor");
  const socket = new WebSocket(`ws://127.0.0.1:${party.port}/parties/main/bench?token=${token}`);
  const [data] = await new Promise((resolve, reject) => {
    socket.once("message", (...heard) => resolve(heard));
    socket.once("error", reject);
  });
  socket.close();
  return data.length;
}

try {
  const { cores, model, memoryGb, node } = machine();
  say(`${people} people, ${relays} relays; ${cores} × ${model}, ${memoryGb} GB, Node ${node}`);
  const entry = await costOf(peer, () => crowd.connect(people, TALKERS));
  say(
    `entered in ${entry.seconds.toFixed(0)} s, ${((1_000 * entry.cpuSeconds) / people).toFixed(1)} ms of processor time each`,
  );
  say(`a welcome is ${((await welcomeBytes()) / 1_024).toFixed(0)} KiB`);
  for (const perSecond of RATES) {
    await crowd.tell("beat");
    const talk = () => crowd.tell("pace", { perSecond, seconds });
    const { result, cpuSeconds, seconds: took } = await costOf(peer, talk);
    const { closed } = await crowd.tell("count");
    const [p50, p99] = [0.5, 0.99].map((share) => percentile(result, share).toFixed(0));
    say(
      `${perSecond} a second: p50 ${p50} ms, p99 ${p99} ms, ${result.length} of ${perSecond * seconds * people} deliveries in time, ` +
        `${Math.round((100 * cpuSeconds) / took)} % of a core, ${(usage(party.pid).bytes / MIB).toFixed(0)} MiB, ${closed} sockets lost`,
    );
  }
} finally {
  await crowd.stop();
  await party.stop();
}
process.exit(0);
