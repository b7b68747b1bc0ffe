/**
 * How each server is spoken to, over one and the same WebSocket client: `path(token)`, `begin(token)`
 * the texts sent once open, `isIn(text)` whether a text says that one is in, `say(id, text)` one
 * message, and `answer(text)` what a heartbeat is answered with.
 * A dialect without `isIn` is in when the socket is open.
 */
const plain = (path) => ({
  path,
  begin: () => [],
  say: (id, text) => JSON.stringify({ type: "chat.message", id, text }),
});

/** The room that a token of ours opens, or says that it opens. */
const roomOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url")).room;

export const DIALECTS = {
  plain: plain(() => "/"),
  partykit: plain(() => "/parties/main/bench"),
  queryToken: plain((token) => `/?token=${token}`),
  partykitToken: plain((token) => `/parties/main/bench?token=${token}`),
  guestlist: {
    path: (token) => `/parties/main/${roomOf(token)}?token=${token}`,
    begin: () => [],
    isIn: (text) => text.includes('"welcome"'),
    say: (id, text) => JSON.stringify({ type: "chat.send", id, text }),
  },
  socketIo: {
    path: () => "/socket.io/?EIO=4&transport=websocket",
    begin: (token) => [`40${JSON.stringify({ token })}`],
    isIn: (text) => text.startsWith("40"),
    say: (id, text) => `42${JSON.stringify(["chat.send", { id, text }])}`,
    answer: (text) => (text === "2" ? "3" : null),
  },
  socketCluster: {
    path: () => "/socketcluster/",
    begin: (token) => [
      JSON.stringify({ event: "#handshake", data: { authToken: token }, cid: 1 }),
      JSON.stringify({ event: "#subscribe", data: { channel: "bench" }, cid: 2 }),
    ],
    isIn: (text) => text.includes('"rid":2'),
    say: (id, text) =>
      JSON.stringify({ event: "#publish", data: { channel: "bench", data: { id, text } } }),
    answer: (text) => (text === "" ? "" : null),
  },
};
