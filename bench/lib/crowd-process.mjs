import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { attackCommands } from "./crowd-attack.mjs";
import { memberCommands } from "./crowd-members.mjs";
import { DIALECTS } from "./dialects.mjs";

/**
 * Clients of one server in a process of their own, told what to do by `crowd.mjs`. Every message
 * carries a mark in its text, who said it, and where times are asked for its number: clients look for
 * marks, whatever the dialect, so that they are no slower than what they measure.
 */
const MARK = "~m~";
const MARK_BYTES = Buffer.from(MARK);
const textOf = (mark) =>
  `${mark} eighty bytes of talk, as somebody in a room would say it, no less`
    .padEnd(80, ".")
    .slice(0, 80);
const TEXT = textOf(MARK);
let dialect;
let port;
let clients = [];
let delivered = 0;
let window = 0;
const sentAt = new Map();
let times = null;
let serial = 0;

function countOf(data, mark) {
  let count = 0;
  for (let at = data.indexOf(mark); at >= 0; at = data.indexOf(mark, at + mark.length)) count++;
  return count;
}

/** The beginning of each message in `data`: its mark, who said it, and its number. */
function beginningsIn(data) {
  const all = [];
  for (let at = data.indexOf(MARK_BYTES); at >= 0; at = data.indexOf(MARK_BYTES, at + 1)) {
    const end = data.indexOf(" ", data.indexOf(" ", at) + 1);
    all.push(data.latin1Slice(at, end));
  }
  return all;
}

function dial(token, { talks = false } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${dialect.path(token)}`, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    const name = `c${process.pid}-${serial++}`;
    const own = Buffer.from(`${MARK}${name} `);
    const client = { socket, talks, name, own, text: textOf(`${MARK}${name}`), frames: 0 };
    let isIn = false;
    const enter = () => {
      isIn = true;
      resolve(client);
    };
    socket.once("error", reject);
    socket.on("close", (code) => isIn || reject(new Error(`closed ${code} before it was in`)));
    socket.once("open", () => {
      for (const text of dialect.begin(token)) socket.send(text);
      if (!dialect.isIn) enter();
    });
    socket.on("message", (data) => hear(client, data, isIn ? null : enter));
  });
}

function hear(client, data, enter) {
  const now = times && performance.now();
  client.frames++;
  if (dialect.answer && data.length < 2) {
    const answer = dialect.answer(String(data));
    if (answer !== null) return client.socket.send(answer);
  }
  if (enter) {
    if (dialect.isIn(String(data))) enter();
    return;
  }
  const marks = countOf(data, MARK_BYTES);
  delivered += marks;
  if (client.onText) client.onText(String(data));
  if (marks === 0) return;
  if (window > 0 && client.talks) {
    for (let own = countOf(data, client.own); own > 0; own--) say(client);
  }
  if (!times) return;
  for (const beginning of beginningsIn(data)) {
    if (sentAt.has(beginning)) times.push(now - sentAt.get(beginning));
  }
}

function say(client) {
  const number = serial++;
  const id = `${client.name}.${number}`;
  if (!times) return client.socket.send(dialect.say(id, client.text));
  const beginning = `${MARK}${client.name} ${number}`;
  const text = dialect.say(id, textOf(beginning));
  sentAt.set(beginning, performance.now());
  client.socket.send(text);
}

const commands = {
  async setUp(options) {
    dialect = DIALECTS[options.dialect];
    port = options.port;
  },
  async connect({ tokens, talkers }) {
    for (let at = 0; at < tokens.length; at += 20) {
      const some = tokens.slice(at, at + 20);
      clients.push(
        ...(await Promise.all(
          some.map((token, index) => dial(token, { talks: at + index < talkers })),
        )),
      );
    }
  },
  /** Each talker keeps so many messages on their way. */
  async saturate({ inFlight }) {
    window = inFlight;
    for (const client of clients.filter(({ talks }) => talks)) {
      for (let at = 0; at < inFlight; at++) say(client);
    }
  },
  async quiet() {
    window = 0;
  },
  async count() {
    return { delivered, closed: clients.filter(({ socket }) => socket.readyState !== 1).length };
  },
  /** `perSecond` messages a second, spread over the talkers, for a time; gives each delivery's ms. */
  async pace({ perSecond, seconds }) {
    times = [];
    const talkers = clients.filter(({ talks }) => talks);
    const start = performance.now();
    for (let at = 0; at < perSecond * seconds; at++) {
      const due = start + (at * 1_000) / perSecond;
      const rest = due - performance.now();
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
      say(talkers[at % talkers.length]);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const all = times;
    times = null;
    sentAt.clear();
    return all;
  },
  /** One after another: dial, be let in, leave. Gives each dial's ms. */
  async dials({ tokens }) {
    const all = [];
    for (const token of tokens) {
      const from = performance.now();
      const { socket } = await dial(token);
      all.push(performance.now() - from);
      socket.close(1000);
      // A bare PartyKit room never answers the closing handshake.
      setTimeout(() => socket.terminate(), 300);
    }
    return all;
  },
  /** Each connection in turn presents a token of its own and waits for the answer. */
  async refreshes({ rounds }) {
    for (const tokens of rounds) {
      await Promise.all(
        clients.map(
          (client, index) =>
            new Promise((resolve, reject) => {
              client.onText = (text) => {
                const frames = [JSON.parse(text)].flat();
                if (frames.some(({ type }) => type === "auth.refreshed")) resolve();
                const error = frames.find(({ type }) => type === "error");
                if (error) reject(new Error(`refresh: ${error.code}`));
              };
              client.socket.send(
                JSON.stringify({ type: "auth.refresh", id: `r${serial++}`, token: tokens[index] }),
              );
            }),
        ),
      );
    }
  },
  /** What the first connection is told about people, and everything else, while `seconds` pass. */
  async listen({ seconds }) {
    const [client] = clients;
    const heard = {};
    const before = client.frames;
    client.onText = (text) => {
      for (const { type } of [JSON.parse(text)].flat()) heard[type] = (heard[type] ?? 0) + 1;
    };
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    client.onText = undefined;
    return { heard, frames: client.frames - before };
  },
  /** So many people come each second, and as many of those who came first leave. */
  async churn({ tokens, perSecond }) {
    const visitors = [];
    const stay = perSecond * 2;
    for (let at = 0; at < tokens.length; at++) {
      const from = performance.now();
      visitors.push(dial(tokens[at]));
      if (visitors.length > stay) (await visitors.shift()).socket.close(1000);
      const rest = 1_000 / perSecond - (performance.now() - from);
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    }
    for (const visitor of visitors) (await visitor).socket.close(1000);
  },
  /** Everything every connection has been sent so far. */
  async frames() {
    return clients.reduce((sum, client) => sum + client.frames, 0);
  },
  async ping() {
    const [client] = clients;
    return new Promise((resolve) => {
      client.onText = (text) => text.includes('"pong"') && resolve();
      client.socket.send(JSON.stringify({ type: "ping", id: "p" }));
    });
  },
  /** Everybody says that they are there: a room closes whom it tells much and never hears. */
  async beat() {
    for (const { socket } of clients) socket.send(JSON.stringify({ type: "ping" }));
  },
  async leave() {
    for (const { socket } of clients) socket.terminate();
    clients = [];
  },
  ...memberCommands({ clients: () => clients, text: TEXT, wait, now: () => performance.now() }),
  ...attackCommands({ dial, text: TEXT, wait }),
};

process.on("message", async ({ id, command, options }) => {
  try {
    process.send({ id, result: await commands[command](options) });
  } catch (error) {
    process.send({ id, error: String(error?.message ?? error) });
  }
});
process.on("disconnect", () => process.exit());
