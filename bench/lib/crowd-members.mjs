/**
 * What a crowd of members does under `npm run check:load`: talks at a pace, renews, says that it is
 * there, and accounts for every message at every member. A room numbers its messages without a hole,
 * so what a member was not told shows by the numbers, whoever said it.
 */
const MAX_LATENCY_MS = 60_000;
const BEAT_EVERY_MS = 25_000;
const ANSWERED_WITHIN_MS = 15_000;

const newWindow = () => ({
  ...{ sent: 0, acknowledged: 0, refused: 0, delivered: 0, missing: 0, twice: 0, renewed: 0 },
  latency: {},
});

/** @param crowd `clients()`, `text` of a message, `wait(ms)`, and `now()` in milliseconds */
export function memberCommands({ clients, text, wait, now }) {
  let window = newWindow();
  let serial = 0;
  let refusals = {};
  /** Of own messages, when each was sent; and those that are not answered yet. */
  const sentAt = new Map();
  const open = new Set();
  /** The newest number of each room, by whatever told it. */
  const newest = new Map();
  const prefix = `load-${process.pid}-`;

  function hear(client, data) {
    for (const frame of [JSON.parse(data)].flat()) {
      if (frame.type === "chat.message") hearMessage(client, frame);
      else if (frame.type === "ack") answered(frame.id, () => window.acknowledged++);
      else if (frame.type === "auth.refreshed") window.renewed++;
      else if (frame.type === "error") {
        refusals[frame.code] = (refusals[frame.code] ?? 0) + 1;
        answered(frame.id, () => window.refused++);
      }
      if (frame.seq !== undefined && (frame.type === "ack" || frame.type === "chat.message")) {
        newest.set(client.room, Math.max(newest.get(client.room) ?? 0, frame.seq));
      }
    }
  }

  function hearMessage(client, { seq, id }) {
    if (seq <= client.last) {
      window.twice++;
      return;
    }
    window.missing += seq - client.last - 1;
    client.last = seq;
    if (!id.startsWith(prefix)) return;
    window.delivered++;
    const ms = Math.min(MAX_LATENCY_MS, Math.floor(now() - sentAt.get(id)));
    window.latency[ms] = (window.latency[ms] ?? 0) + 1;
  }

  function answered(id, count) {
    if (open.delete(id)) count();
  }

  function say(client) {
    const id = `${prefix}${serial++}`;
    sentAt.set(id, now());
    open.add(id);
    window.sent++;
    client.socket.send(JSON.stringify({ type: "chat.send", id, text }));
  }

  /** What was sent a minute ago and is answered nobody asks for any more. */
  function forgetOld() {
    const before = now() - MAX_LATENCY_MS;
    for (const [id, at] of sentAt) {
      if (at > before) return;
      sentAt.delete(id);
    }
  }

  return {
    /** From now on every message is accounted for. The rooms are new, and nobody has spoken. */
    async watch({ rooms }) {
      clients().forEach((client, index) => {
        client.room = rooms[index];
        client.last = 0;
        client.onText = (data) => hear(client, data);
      });
    },
    /** `perSecond` messages a second for a time, by the first `talkers` in turn; all give signs of life. */
    async talk({ perSecond, seconds, talkers }) {
      const all = clients();
      const start = now();
      const beat = setInterval(
        () => {
          const { socket } = all[beats++ % all.length];
          if (socket.readyState === 1) socket.send('{"type":"ping"}');
        },
        Math.max(1, BEAT_EVERY_MS / all.length),
      );
      let beats = 0;
      for (let at = 0; at < perSecond * seconds; at++) {
        const rest = start + (at * 1_000) / perSecond - now();
        if (rest > 0) await wait(rest);
        const client = all[at % talkers];
        if (client.socket.readyState === 1) say(client);
      }
      clearInterval(beat);
      const deadline = now() + ANSWERED_WITHIN_MS;
      const isTold = () =>
        open.size === 0 && all.every(({ room, last }) => last >= (newest.get(room) ?? 0));
      while (!isTold() && now() < deadline) await wait(50);
      for (const { room, last } of all) window.missing += (newest.get(room) ?? 0) - last;
    },
    /** So many, from one on, present a token of their own on the open socket. */
    async renew({ from, tokens }) {
      tokens.forEach((token, index) => {
        const { socket } = clients()[from + index];
        const frame = { type: "auth.refresh", id: `renew-${serial++}`, token };
        if (socket.readyState === 1) socket.send(JSON.stringify(frame));
      });
    },
    /** What was counted since this was asked last. */
    async take() {
      forgetOld();
      const taken = { ...window, refusals };
      window = newWindow();
      refusals = {};
      return { ...taken, closed: clients().filter(({ socket }) => socket.readyState !== 1).length };
    },
  };
}
