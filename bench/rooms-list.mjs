import { createServer, request as ask } from "node:http";
import { createClient } from "@libsql/client";
import { build } from "../scripts/lib/build.mjs";
import { makeSecret } from "../scripts/lib/keys.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";
import { percentile, promise, say, spread } from "./lib/figures.mjs";
import { each, signIn, signUp } from "./lib/people.mjs";

/**
 * What the list of rooms costs: `GET /api/rooms` where there are 200 rooms, for one person, for many
 * at once as their open pages ask every half minute, and with a party that is silent or gone.
 * Between app and party stands a relay that counts the calls. `node bench/rooms-list.mjs`
 */
const ROOMS = 200;
const PEOPLE = 20;
const ROUNDS = 5;
/** An answer without the party: its deadline of 1.5 s, and what the rest takes. */
const SILENT_WITHIN_MS = 2_000;
const KEY = makeSecret();

let target = "";
let silent = false;
let calls = 0;
const relay = createServer((incoming, outgoing) => {
  calls++;
  if (silent) return;
  const [host, port] = target.split(":");
  const { url: path, method, headers } = incoming;
  const onward = ask({ host, port, path, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
});
await new Promise((resolve) => relay.listen(0, "127.0.0.1", () => resolve(undefined)));
const address = relay.address();
const relayPort = typeof address === "object" && address ? address.port : 0;

await build({ quiet: true });
const stack = await ownStack({ PARTY_HOST: `127.0.0.1:${relayPort}`, PARTY_API_KEY: KEY });
target = stack.partyHost;

const database = createClient({ url: stack.databaseUrl });
const ids = Array.from({ length: ROOMS - 2 }, (_, index) => `bench-${index}`);
await database.batch(
  ids.map((id) => ({
    sql: "INSERT INTO rooms (id, name, topic, visibility, created_at) VALUES (?, ?, NULL, 'public', 0)",
    args: [id, id],
  })),
  "write",
);
database.close();
await each(ids, async (id, index) => {
  const response = await fetch(`http://${target}/parties/main/${id}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ id: `m-${index}`, text: "Good evening.", as: "bench" }),
  });
  if (!response.ok) throw new Error(`${id}: ${response.status}`);
});

const devices = await each(Array.from({ length: PEOPLE }), async () =>
  signIn(stack.url, await signUp(stack.url)),
);

/** One list: how long it took, and of how many rooms it knows who is there. */
async function list(device) {
  const from = performance.now();
  const response = await device.request("/api/rooms");
  const { rooms } = await response.json();
  const known = rooms.filter(({ people }) => people !== null).length;
  return { ms: performance.now() - from, rooms: rooms.length, known };
}

async function measure(name, work) {
  calls = 0;
  const lists = (await work()).flat();
  const known = Math.min(...lists.map((one) => one.known));
  const each = (calls / lists.length).toFixed(1);
  say(`${name}  ${spread(lists.map(({ ms }) => ms))}  calls each ${each}  known ${known}+`);
  return lists;
}

const [one] = devices;
await measure("first list                ", async () => [await list(one)]);
await measure("one person, ten in a row  ", async () => {
  const lists = [];
  for (let round = 0; round < 10; round++) lists.push(await list(one));
  return lists;
});
const crowd = () => Promise.all(devices.map((device) => list(device)));
await measure(`${PEOPLE} people at once, first `, crowd);
await measure(`${PEOPLE} people at once, again `, async () => {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await crowd());
  return rounds;
});
silent = true;
const late = await measure("party silent, at once     ", crowd);
// What is known from before stands for a while; then nothing does.
const waited = await measure("party silent, later       ", async () => {
  await new Promise((resolve) => setTimeout(resolve, 65_000));
  return crowd();
});
await stack.party.kill();
silent = false;
const gone = await measure("party gone                ", crowd);
for (const [name, lists] of /** @type {const} */ ([
  ["silent", [...late, ...waited]],
  ["gone", gone],
])) {
  const slowest = percentile(
    lists.map(({ ms }) => ms),
    1,
  );
  promise(
    `a party that is ${name} delays no list by more than its deadline`,
    `${slowest.toFixed(0)} ms`,
    slowest < SILENT_WITHIN_MS,
  );
}
await stack.stop();
process.exit();
