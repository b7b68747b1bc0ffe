import type { Kept } from "../lib/room/state";

/**
 * What a room needs of the engine under it, and all that it knows of it. `partykit.ts` and
 * `cloudflare.ts` are the two engines; nothing else in this folder names either.
 */
export interface Engine {
  readonly env: Env;
  readonly storage: Storage;
  /** The sockets that are open, those that outlived an eviction among them. */
  connections(): Iterable<Connection>;
  readonly dial: Dial;
}

/** Hands a request to an object that was not chosen by its address; no hook of the engine is asked. */
export type Dial = (request: Request, object: string) => Promise<Response | null | undefined>;

export type Env = Record<string, unknown>;

/** Keys in order, calls without an await in between as one write, nothing sent before it is durable. */
export type Storage = Pick<
  DurableObjectStorage,
  "get" | "put" | "delete" | "list" | "sync" | "getAlarm" | "setAlarm"
>;

/** A socket with a state that outlives hibernation; null until it has got in. */
export interface Connection {
  readonly id: string;
  readonly readyState: number;
  readonly state: unknown;
  /** What it is told is gathered for a trunk, and written to no socket of its own. */
  readonly isRelayed?: true;
  setState(state: Kept | { readonly passing: true }): unknown;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}
