import { setTimeout as wait } from "node:timers/promises";
import { each } from "../lib/people.mjs";
import { loadRoomClient, nodeDeps } from "../lib/room-clients.mjs";
import { ISSUER } from "../lib/tokens.mjs";
import { ourParty } from "./talk.mjs";

const ROOM = "storm";
const LEASE_SECONDS = 300;
const SETTLED_MS = 12_000;
/** Longer than they may take, so that how late the late ones are is known. */
const PATIENCE_MS = 120_000;
const isLive = (client) => client.getSnapshot().connection.phase === "connected";

/**
 * The page's own clients in one room, whose party is killed under them and started again at once.
 * Their tokens come straight from the mint: the token route under a storm is measured by
 * `node bench/herd.mjs`.
 * @returns {Promise<import("./judge.mjs").Storm & {notes: string[]}>}
 */
export async function storm({ people, say }) {
  const party = await ourParty();
  const { createRoomClient, close } = await loadRoomClient();
  const partyHost = `127.0.0.1:${party.port}`;
  const clients = [];
  try {
    const names = Array.from({ length: people }, (_, index) => `guest-${index}`);
    clients.push(
      ...(await each(names, async (name) => {
        const client = createRoomClient({ room: ROOM, partyHost }, depsOf(party, name));
        client.start();
        await until(() => isLive(client));
        return client;
      })),
    );
    const began = clients.filter(isLive).length;
    say(`  ${began} of ${people} are live; the party is killed`);
    // Who has been up for ten seconds starts its waits anew.
    await wait(SETTLED_MS);

    const from = performance.now();
    const back = new Map();
    await party.kill();
    await until(() => !clients.some(isLive));
    const stop = clients.map((client) =>
      client.subscribe(() => {
        if (isLive(client) && !back.has(client)) back.set(client, performance.now() - from);
      }),
    );
    await party.restart();
    const upMs = performance.now() - from;
    say(`  up again after ${(upMs / 1_000).toFixed(1)} s`);
    await until(() => back.size === people);
    for (const end of stop) end();

    const text = "Is everybody here?";
    clients.at(-1)?.send(text);
    const hears = (client) => client.getSnapshot().messages.some((one) => one.text === text);
    await until(() => clients.every(hears));
    return {
      ...{ people, backMs: [...back.values()], heard: clients.filter(hears).length },
      notes: [`the party was up again after ${(upMs / 1_000).toFixed(1)} s`],
    };
  } finally {
    for (const client of clients) client.stop();
    await close();
    await party.stop();
  }
}

function depsOf(party, name) {
  const fetch = async (_path, { body }) => {
    const { use } = JSON.parse(body);
    const token = await party.token(name, { use, room: ROOM, lease: LEASE_SECONDS });
    const leaseMs = LEASE_SECONDS * 1_000;
    return Response.json({ token, expiresInMs: 60_000, leaseMs, sessionExpiresInMs: 86_400_000 });
  };
  return { ...nodeDeps({ url: ISSUER, headers: {}, note: () => {} }), fetch };
}

async function until(done) {
  const deadline = performance.now() + PATIENCE_MS;
  while (!done() && performance.now() < deadline) await wait(20);
}
