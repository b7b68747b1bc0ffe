import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { importJWK, SignJWT } from "jose";

/** A party that is told to stop waits no longer than this for its rooms. */
const DRAIN_WITHIN_MS = 2_000;
const AT_ONCE = 20;
/** The last frames are on their way through the runtime when a room has answered. */
const FLUSH_MS = 200;
const TOKEN_SECONDS = 30;

/**
 * The rooms that woke in a party's process, read off its own log. A socket does not outlive its
 * process, so every room that holds one is among them.
 */
export function roomsOfLog() {
  const rooms = new Set();
  return {
    rooms,
    /** @param {string} line */
    hear(line) {
      const json = /\{.*"event":"room_woke".*\}/.exec(line)?.[0];
      if (!json) return;
      try {
        rooms.add(JSON.parse(json).room);
      } catch {
        // A line cut short names no room; its people reconnect as after a crash.
      }
    },
  };
}

/**
 * Asks rooms to send their people away with a time of their own to come back at. Never rejects, and
 * takes two seconds at the most: stopping matters more than stopping politely.
 *
 * @param {object} options
 * @param {number} options.port
 * @param {Iterable<string>} options.rooms
 * @param {Record<string, unknown> & {kid?: string}} options.privateJwk signs the server tokens
 * @param {string} options.issuer
 * @returns {Promise<number>} how many connections were sent away
 */
export async function drainRooms({ port, rooms, privateJwk, issuer }) {
  const left = [...rooms];
  const signal = AbortSignal.timeout(DRAIN_WITHIN_MS);
  let closed = 0;
  const drainSome = async () => {
    for (let room = left.pop(); room !== undefined && !signal.aborted; room = left.pop()) {
      closed += await drainRoom({ port, room, privateJwk, issuer, signal }).catch(() => 0);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, drainSome));
  if (closed > 0) await wait(FLUSH_MS);
  return closed;
}

async function drainRoom({ port, room: object, privateJwk, issuer, signal }) {
  const { room, query } = addressOf(object);
  const token = await serverToken(room, privateJwk, issuer);
  const answer = await fetch(`http://127.0.0.1:${port}/parties/main/${room}/drain${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    signal,
  });
  const body = await answer.json();
  return answer.ok ? body.closed : 0;
}

/** A preview's room is `preview.<host>.<room>` in the log, as party/previews.ts names it. */
function addressOf(object) {
  const [, host, room] = /^preview\.(.+)\.([^.]+)$/.exec(object) ?? [];
  if (!host) return { room: object, query: "" };
  return { room, query: `?preview=${encodeURIComponent(`https://${host}`)}` };
}

async function serverToken(room, privateJwk, issuer) {
  const iat = Math.floor(Date.now() / 1000);
  const exp = iat + TOKEN_SECONDS;
  const claims = { sid: "runner", room, role: "owner", name: "Guestlist", lease: 1, sess_exp: exp };
  return new SignJWT({ ...claims, use: "server" })
    .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid: privateJwk.kid })
    .setIssuer(issuer)
    .setAudience("party")
    .setSubject("runner")
    .setJti(randomUUID())
    .setIssuedAt(iat)
    .setExpirationTime(exp)
    .sign(await importJWK(privateJwk, "EdDSA"));
}
