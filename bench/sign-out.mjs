import { WebSocket } from "ws";
import { build } from "../scripts/lib/build.mjs";
import { ownStack } from "../scripts/lib/own-stack.mjs";
import { promise, say, spread } from "./lib/figures.mjs";
import { each, signIn, signUp } from "./lib/people.mjs";

/**
 * How long a socket outlives its login session: from the request that ends the session to the close
 * of its sockets, which run on another device, in a room that is awake and in one that hibernates.
 * Fifty sign-outs, then fifty times "End" in the list of sign-ins. `node bench/sign-out.mjs`
 */
const TRIES = 50;
const WITHIN_MS = 1_000;
const CODE = 4410;
/** The engine evicts an idle room after some ten seconds. */
const ASLEEP_AFTER_MS = 20_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await build({ quiet: true });
const stack = await ownStack();

/** Enters a room and remembers when and how it was closed. */
async function enter(device, room) {
  const order = { json: { room, use: "connect" }, method: "POST" };
  const { token } = await (await device.request("/api/party/token", order)).json();
  const socket = new WebSocket(`ws://${stack.partyHost}/parties/main/${room}?token=${token}`, {
    origin: stack.url,
  });
  const closed = new Promise((resolve) =>
    socket.once("close", (code) => resolve({ code, at: performance.now() })),
  );
  await new Promise((resolve, reject) => {
    socket.once("message", resolve);
    socket.once("error", reject);
  });
  return { socket, closed };
}

async function makeRoom(owner, id) {
  const json = { id, name: id, visibility: "public" };
  const response = await owner.request("/api/rooms", { method: "POST", json });
  if (response.status !== 201) throw new Error(`${id}: ${response.status}`);
  return id;
}

const wokenOf = (room) =>
  stack.log.filter((line) => line.includes('"room_woke"') && line.includes(`"${room}"`)).length;

/** One person, their socket in the room that is awake, and one in a sleeping room of its own. */
async function prepare(kind, index) {
  const account = await signUp(stack.url);
  const device = await signIn(stack.url, account);
  const other = kind === "list" ? await signIn(stack.url, account) : null;
  const sleepy = await makeRoom(device, `sleepy-${kind}-${index}`);
  const sid = other && (await currentSession(device));
  return {
    room: sleepy,
    end: () =>
      other
        ? other.request(`/api/sessions/${sid}`, { method: "DELETE" })
        : device.request("/api/auth/signout", { method: "POST", form: {} }),
    awake: await enter(device, "general"),
    asleep: await enter(device, sleepy),
  };
}

async function currentSession(device) {
  const { sessions } = await (await device.request("/api/sessions")).json();
  return sessions.find(({ current }) => current).id;
}

async function measure(kind, what) {
  say(`\n${what}`);
  const people = await each(Array.from({ length: TRIES }), (_, index) => prepare(kind, index));
  // Keeps its own room awake; the fifty others are left alone.
  const warden = await enter(await signIn(stack.url, await signUp(stack.url)), "general");
  const beat = setInterval(() => warden.socket.send('{"type":"ping"}'), 1_000);
  await wait(ASLEEP_AFTER_MS);
  const before = people.map(({ room }) => wokenOf(room));
  const times = { awake: [], asleep: [], answer: [] };
  for (const { end, awake, asleep } of people) {
    const from = performance.now();
    const ended = end().then((response) => ({ response, at: performance.now() }));
    const [one, two, { response, at }] = await Promise.all([awake.closed, asleep.closed, ended]);
    if (response.status !== 200) throw new Error(`ending a session: ${response.status}`);
    for (const { code } of [one, two]) if (code !== CODE) throw new Error(`closed ${code}`);
    times.awake.push(one.at - from);
    times.asleep.push(two.at - from);
    times.answer.push(at - from);
  }
  clearInterval(beat);
  warden.socket.close();
  // The log of a room that was woken by its revocation is on its way.
  await wait(500);
  const woken = people.filter(({ room }, index) => wokenOf(room) > before[index]).length;
  for (const [name, text] of [
    ["awake", "socket in the room that is awake"],
    ["asleep", "socket in a room that hibernates"],
    ["answer", "answer to the request          "],
  ]) {
    say(`${text}  ${spread(times[name], [0.5, 0.95])}`);
  }
  promise("rooms that had to wake for it", `${woken} of ${TRIES}`, woken === TRIES);
  const slowest = Math.max(...times.awake, ...times.asleep);
  promise("every socket closed 4410 within 1 s", `${slowest.toFixed(0)} ms`, slowest < WITHIN_MS);
}

await measure("out", `${TRIES} sign-outs`);
await measure("list", `${TRIES} sign-ins ended from the list on another device`);
await stack.stop();
process.exit();
