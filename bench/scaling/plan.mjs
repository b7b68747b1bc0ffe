import { simulate } from "./simulate.mjs";

/** An object that works more than this has nothing left for those who come, go and renew. */
export const MOST_BUSY = 0.5;
export const MOST_P99_MS = 500;

/** MiB of the object that holds the most sockets. */
export const memoryMib = (connections, costs) =>
  costs.baseMib + (connections * costs.connectionKib) / 1_024;

/** True where nothing in a simulated room is more than it should be. */
export function fits({ busy, p99 }, { connections, costs, object }) {
  const memory = memoryMib(connections, costs);
  return (
    Math.max(...Object.values(busy)) <= MOST_BUSY &&
    p99 <= MOST_P99_MS &&
    memory <= object.memoryMib
  );
}

/** The fewest objects that a room fits on, as a simulated run; null where not even `most` relays do. */
export function smallest(room, { costs, object, most = 400 }) {
  const tried = (relays) => {
    const connections = relays === 0 ? room.people : Math.ceil(room.people / relays);
    const run = simulate({ ...room, relays, costs });
    return { relays, connections, run, fits: fits(run, { connections, costs, object }) };
  };
  for (let relays = 0; relays <= most; relays = relays === 0 ? 2 : Math.ceil(relays * 1.15)) {
    const one = tried(relays);
    if (one.fits) return one;
  }
  return null;
}

/**
 * Dollars a month for one room that is awake `hours` a day, over what the plan includes (which all
 * rooms of an account share).
 */
export function monthly({ relays, run, perSecond, seconds = 30, hours = 24, costs, prices }) {
  const awake = hours * 3_600 * 30;
  const perSecondIn = perSecond + (run.batches ?? 0) / seconds;
  const requests = (awake * perSecondIn) / prices.socketMessagesPerRequest;
  const gbSeconds = awake * (relays === 0 ? 1 : relays + 1) * prices.objectGb;
  const rows = awake * perSecond * costs.rows;
  return {
    duration: (gbSeconds * prices.perMillionGbSeconds) / 1e6,
    requests: (requests * prices.perMillionRequests) / 1e6,
    rows: (rows * prices.perMillionRowsWritten) / 1e6,
  };
}
