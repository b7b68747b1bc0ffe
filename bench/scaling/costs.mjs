/**
 * What the simulation counts with. Processor times are of this project's own room, taken from the rows
 * "fan-out" and "limit of one room" of docs/BENCHMARKS.md; they belong to the machine named there.
 */
export const COSTS = {
  /** A turn of the room, whatever is in it, in ms: taking the queue, one write, the alarm. */
  turnMs: 0.3,
  /** One message: parsed, decided, put with the others of its turn, acknowledged. */
  messageMs: 0.05,
  /** One text to one socket. */
  socketMs: 0.034,
  /** One message more in such a text. */
  deliveryMs: 0.0003,
  /** One batch between two objects, at either end. */
  hopCpuMs: 0.15,
  /** The way between two objects, which need not be in one building. */
  hopMs: 5,
  /** Rows written for a message: itself, what its sender may send again, the room's counters. */
  rows: 3,
  /** A session on a socket, with what the room keeps of its person, in KiB. */
  connectionKib: 4,
  /** What an object has before anybody is in it, in MiB. */
  baseMib: 20,
};

/** Of the engine. https://developers.cloudflare.com/durable-objects/platform/limits/ */
export const OBJECT = { memoryMib: 128 };

/** Dollars, Workers Paid. https://developers.cloudflare.com/durable-objects/platform/pricing/ */
export const PRICES = {
  readOn: "2026-11-28",
  plan: 5,
  /** Objects are billed as if they used all of their memory. */
  objectGb: 0.128,
  includedRequests: 1e6,
  perMillionRequests: 0.15,
  /** So many messages that come in over sockets count as one request; what goes out is free. */
  socketMessagesPerRequest: 20,
  includedGbSeconds: 400_000,
  perMillionGbSeconds: 12.5,
  includedRowsWritten: 50e6,
  perMillionRowsWritten: 1,
};

/** How `party/turns.ts` spaces the turns of a room with so many connections, in ms. */
export const gatherMs = (connections, tookMs = 0) =>
  Math.min(100, Math.max(8, connections * 0.1, 2 * tookMs));

/** The same for a coordinator, to whom a relay is what a socket is to a room, and ten times as dear. */
export const coordinatorGatherMs = (relays) => Math.min(100, Math.max(8, relays));
