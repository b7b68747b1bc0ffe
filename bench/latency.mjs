import { randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import { WebSocket, WebSocketServer } from "ws";
import { makeTokenKeys } from "../scripts/lib/keys.mjs";
import { startParty } from "../scripts/lib/party-process.mjs";
import { freePort } from "../scripts/lib/ports.mjs";

/**
 * How long a message takes from one person to another, through a real party, beside a bare relay
 * (`ws`, no authentication, no storage, no order) in the same run. `node bench/latency.mjs`;
 * PARTY_ENGINE=cloudflare measures the party on that engine.
 * The ratio is the price of everything a room does; milliseconds depend on the machine.
 */
const MESSAGES = 400;
const ISSUER = "http://localhost:3000";

const { privateJwk, keySet } = makeTokenKeys();
const key = await importJWK(privateJwk, "EdDSA");

function token(sub) {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    sid: `session-${sub}`,
    room: "bench",
    role: "member",
    name: sub,
    lease: 3600,
    sess_exp: now + 86_400,
    use: "connect",
  })
    .setProtectedHeader({ alg: "EdDSA", typ: "party+jwt", kid: privateJwk.kid })
    .setIssuer(ISSUER)
    .setAudience("party")
    .setSubject(sub)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(key);
}

const opened = (socket, ready) =>
  new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.on("message", (raw) => ready(String(raw)) && resolve());
    socket.once("open", () => ready("") && resolve());
  });

/** Sends one message after another and times each until the other side has it. */
async function measure(sender, reader) {
  const times = [];
  for (let index = 0; index < MESSAGES; index++) {
    const id = `m${index}`;
    const arrived = new Promise((resolve) => {
      const hear = (raw) => {
        const frames = [JSON.parse(String(raw))].flat();
        if (!frames.some((frame) => frame.type === "chat.message" && frame.id === id)) return;
        reader.off("message", hear);
        resolve();
      };
      reader.on("message", hear);
    });
    const from = performance.now();
    sender.send(JSON.stringify({ type: "chat.send", id, text: `Message ${index}` }));
    await arrived;
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b);
}

async function throughParty() {
  const port = await freePort();
  const party = await startParty({
    port,
    stateDir: null,
    env: {
      PARTY_TOKEN_JWKS: JSON.stringify(keySet),
      APP_ORIGINS: ISSUER,
      LIMIT_MESSAGES_PER_SECOND: "10000",
      LIMIT_MESSAGES_PER_MINUTE: "600000",
    },
  });
  const join = async (name) => {
    const socket = new WebSocket(
      `ws://127.0.0.1:${port}/parties/main/bench?token=${await token(name)}`,
    );
    await opened(socket, (raw) => raw.includes('"welcome"'));
    return socket;
  };
  const [ada, bo] = [await join("ada"), await join("bo")];
  const times = await measure(ada, bo);
  ada.terminate();
  bo.terminate();
  await party.stop();
  return times;
}

async function throughRelay() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  server.on("connection", (socket) =>
    socket.on("message", (raw) => {
      const message = JSON.stringify({ ...JSON.parse(String(raw)), type: "chat.message" });
      for (const client of server.clients) client.send(message);
    }),
  );
  const join = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
    await opened(socket, (raw) => raw === "");
    return socket;
  };
  const [ada, bo] = [await join(), await join()];
  const times = await measure(ada, bo);
  for (const client of server.clients) client.terminate();
  server.close();
  return times;
}

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
const [party, relay] = [await throughParty(), await throughRelay()];
for (const [name, times] of [
  ["party", party],
  ["relay", relay],
]) {
  const line = [0.5, 0.95, 0.99].map(
    (share) => `p${share * 100} ${at(times, share).toFixed(2)} ms`,
  );
  console.log(`${name}  ${line.join("  ")}`);
}
console.log(`ratio at the median: ${(at(party, 0.5) / at(relay, 0.5)).toFixed(1)}`);
process.exit(0);
