import type { Environment } from "./environment";
import type { OpenSocket } from "./socket";
import type { OutboxStorage } from "./outbox-storage";

/** Everything the client takes from the world, so that a test can be the world. */
export interface ClientDeps {
  /** Milliseconds on a monotonic clock; deadlines are counted on it. */
  now(): number;
  /** Milliseconds since the Unix epoch; shown beside messages that have no time of the party's yet. */
  wallNow(): number;
  /** In [0, 1). */
  random(): number;
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  fetch: typeof fetch;
  openSocket: OpenSocket;
  environment: Environment;
  storage: OutboxStorage | null;
  /** An id that nobody else makes; ≤ 64 characters. */
  newId(): string;
}
