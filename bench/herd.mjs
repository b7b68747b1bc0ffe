import { build } from "../scripts/lib/build.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";
import { busiestSecond, percent, perSecond, promise, say, spread } from "./lib/figures.mjs";
import { each, signIn, signUp } from "./lib/people.mjs";
import { loadRoomClient, nodeDeps } from "./lib/room-clients.mjs";

/**
 * Many people in one room lose their party: killed and started again, then stopped in order
 * (drained) and started again. Prints when tokens are asked for and sockets dialled, how long the
 * token route takes, when everybody is back, and how the renewals of the following lease are spread.
 * `node bench/herd.mjs [people]`, 500 unless told otherwise; some four minutes.
 */
const PEOPLE = Number(process.argv[2] ?? 500);
const LEASE_SECONDS = 60;
const [EARLIEST, LATEST] = [0.75, 0.85];
const MOST_PER_SECOND = 0.3;
const SLOWEST_TOKEN_MS = 2_000;
const BACK_WITHIN_MS = 60_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await build({ quiet: true });
const stack = await ownStack({
  PARTY_LEASE_SECONDS: String(LEASE_SECONDS),
  LIMIT_CONNECTIONS_PER_ROOM: String(Math.max(1_000, PEOPLE)),
});
const { createRoomClient, close: closeLoader } = await loadRoomClient();
let notes = [];
const note = (one) => void notes.push(one);

say(`${PEOPLE} people sign up, sign in and enter one room`);
const devices = await each(Array.from({ length: PEOPLE }), async () =>
  signIn(stack.url, await signUp(stack.url)),
);
const clients = await each(
  devices,
  async ({ headers }) => {
    const client = createRoomClient(
      { room: "general", partyHost: stack.partyHost },
      nodeDeps({
        url: stack.url,
        headers,
        note: (one) => note({ ...one, lease: client.getSnapshot().connection.lease }),
      }),
    );
    client.start();
    await until(() => isLive(client));
    return client;
  },
  8,
);

function isLive(client) {
  return client.getSnapshot().connection.phase === "connected";
}
async function until(done) {
  const deadline = performance.now() + BACK_WITHIN_MS;
  while (!done() && performance.now() < deadline) await wait(20);
  return done();
}

/** Loses the party by `lose`, starts it again, and tells how everybody came back. */
async function scenario(name, lose) {
  say(`\n${name}`);
  await wait(12_000);
  notes = [];
  const from = performance.now();
  await lose();
  const up = stack.party.start().then(() => performance.now() - from);
  // While it is being lost some are connected still; the last to be back counts.
  await up;
  const back = await until(() => clients.every(isLive));
  const backMs = performance.now() - from;
  const asked = notes.filter(({ kind, use }) => kind === "token" && use === "connect");
  const dials = notes.filter(({ kind }) => kind === "dial").map(({ at }) => at - from);
  const askedAt = asked.map(({ at }) => at - from);
  const failed = asked.filter(({ status }) => status !== 200).length;
  say(`party up again after ${((await up) / 1_000).toFixed(1)} s`);
  say(`token requests per second  ${perSecond(askedAt).join(" ")}`);
  say(`dials per second           ${perSecond(dials).join(" ")}`);
  say(
    `token route                ${spread(asked.map(({ ms }) => ms))}, ${failed} not answered 200`,
  );
  const busiest = Math.max(busiestSecond(askedAt), busiestSecond(dials));
  promise("no second holds more than 30 %", percent(busiest), busiest <= MOST_PER_SECOND);
  const p99 = spread(
    asked.map(({ ms }) => ms),
    [0.99],
  );
  const slow = asked.filter(({ ms }) => ms >= SLOWEST_TOKEN_MS).length;
  promise("p99 of the token route < 2 s", p99, slow <= asked.length * 0.01);
  const live = clients.filter(isLive).length;
  promise("everybody is back", `${live} of ${PEOPLE} after ${(backMs / 1_000).toFixed(1)} s`, back);
  await renewals();
}

/** Follows one whole lease of everybody. */
async function renewals() {
  notes = [];
  const from = performance.now();
  await wait(LEASE_SECONDS * 1_000 * LATEST + 2_000);
  const asked = notes.filter(({ use, lease }) => use === "refresh" && lease);
  const shares = asked.map(({ at, lease }) => (at - lease.startedAt) / (LEASE_SECONDS * 1_000));
  const first = Math.min(...shares);
  const last = Math.max(...shares);
  say(`renewals per second        ${perSecond(asked.map(({ at }) => at - from)).join(" ")}`);
  say(`token route                ${spread(asked.map(({ ms }) => ms))}`);
  const covered = (Math.min(last, LATEST) - Math.max(first, EARLIEST)) / (LATEST - EARLIEST);
  const where = `${percent(first)} to ${percent(last)} of the lease: ${percent(covered)}`;
  promise("renewals cover ≥ 80 % of the window", where, covered >= 0.8);
  const dropped = notes.filter(({ kind }) => kind === "dial").length;
  promise("no renewal costs a socket", `${dropped} dials`, dropped === 0);
}

await scenario("The party is killed and started again", () => stack.party.kill());
await scenario("The party is stopped in order and started again", () => stack.party.stop());

for (const client of clients) client.stop();
await stack.stop();
await closeLoader();
process.exit();
