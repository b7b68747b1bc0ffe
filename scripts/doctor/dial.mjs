import { WebSocket } from "ws";
import { TIMEOUT_MS, troubleOf } from "./ask.mjs";
import { Ill } from "./ill.mjs";

/**
 * @typedef {object} Line an open socket: frames are kept until they are asked for
 * @property {(frame: object) => void} send
 * @property {(type: string) => Promise<any>} next the next frame of a type, also one that is there
 *   already; `Ill` where none comes
 * @property {Promise<{code: number, ms: number}>} closed `ms`: on `performance.now()`
 * @property {() => void} close
 *
 * @typedef {{kind: "refused", status: number, text: string}
 *   | {kind: "closed", code: number, error: string}
 *   | {kind: "welcome", welcome: any, line: Line, ms: number}} Outcome
 */

/**
 * Dials a room and tells what becomes of it: refused with a status, closed with a code, or welcome.
 * The token stands in the address, so no error of the socket's is ever passed on as it is.
 * @param {{ws: string, host: string}} party
 * @param {{room: string, token: string, origin?: string}} call
 * @returns {Promise<Outcome>}
 */
export function dial(party, { room, token, origin }) {
  const url = `${party.ws}/parties/main/${room}?token=${encodeURIComponent(token)}`;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { origin, handshakeTimeout: TIMEOUT_MS });
    const line = lineOf(socket);
    const silence = setTimeout(() => {
      socket.terminate();
      reject(new Ill("neither welcome nor close came", `Look at the party's log for this moment.`));
    }, TIMEOUT_MS);
    const end = (outcome) => {
      clearTimeout(silence);
      resolve(outcome);
    };
    socket.once("unexpected-response", (request, response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (text += part));
      response.on("end", () => end({ kind: "refused", status: response.statusCode ?? 0, text }));
      response.on("error", () => end({ kind: "refused", status: response.statusCode ?? 0, text }));
      request.on("error", () => {});
    });
    socket.once("error", (error) => {
      clearTimeout(silence);
      reject(
        new Ill(troubleOf(error), `Is ${party.host} the party, and do sockets pass on the way?`),
      );
    });
    line.first.then(async (frame) => {
      if (frame?.type === "welcome") {
        return end({ kind: "welcome", welcome: frame, line, ms: performance.now() - started });
      }
      const { code } = await line.closed;
      end({ kind: "closed", code, error: String(frame?.code ?? "") });
    });
  });
}

/** @returns {Line & {first: Promise<any>}} `first`: the first frame, or undefined at the close */
function lineOf(socket) {
  const unread = [];
  const waiting = [];
  const closed = new Promise((resolve) =>
    socket.once("close", (code) => resolve({ code, ms: performance.now() })),
  );
  const take = (fits) => {
    const at = unread.findIndex(fits);
    return at < 0 ? undefined : unread.splice(at, 1)[0];
  };
  const wait = (fits) => {
    const there = take(fits);
    if (there) return Promise.resolve(there);
    const frame = new Promise((resolve) => waiting.push({ fits, resolve }));
    return Promise.race([frame, closed.then(() => undefined)]);
  };
  socket.on("message", (data) => {
    for (const frame of framesIn(String(data))) {
      const at = waiting.findIndex(({ fits }) => fits(frame));
      if (at < 0) unread.push(frame);
      else waiting.splice(at, 1)[0].resolve(frame);
    }
  });
  return {
    first: wait(() => true),
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    async next(...types) {
      const timeout = new Promise((resolve) => setTimeout(resolve, TIMEOUT_MS).unref());
      const frame = await Promise.race([wait(({ type }) => types.includes(type)), timeout]);
      if (frame) return frame;
      throw new Ill(`no ${types[0]} came`, "Look at the party's log for this moment.");
    },
    close: () => socket.terminate(),
  };
}

/** A message of the party's is a frame or a list of frames; anything else is none. */
function framesIn(text) {
  try {
    const value = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).filter(
      (frame) => frame && typeof frame === "object",
    );
  } catch {
    return [];
  }
}
