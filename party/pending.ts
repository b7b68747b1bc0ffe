import type { Found, Reads, Writes } from "../lib/room/events";
import type { Storage } from "./engine";
import { allOf, batches, type Readable } from "./storage";

type List = Exclude<Parameters<Storage["list"]>[0], undefined>;

interface Over extends Writes {
  put: Map<string, unknown>;
  delete: Set<string>;
  dropPrefixes: string[];
}

const NO_WRITES: Writes = { put: new Map(), delete: new Set(), dropPrefixes: [] };

/**
 * Storage as it will be once the steps of a turn are written: what they put and deleted so far lies
 * over what is stored. Written in one go by whoever takes `writes`.
 */
export class Pending {
  /** What is known of it: what was fetched, so that it is fetched once, and what lies over that. */
  private readonly known = new Map<string, unknown>();
  /** What all steps but the last have written. */
  private over: Over | null = null;
  private last: Writes | null = null;

  constructor(private readonly storage: Readable) {}

  get writes(): Writes {
    return (this.over && this.merged()) ?? this.last ?? NO_WRITES;
  }

  /** Looked at when the next step asks, and not at all where there is none. */
  add(writes: Writes): void {
    this.merged();
    this.last = writes;
  }

  private merged(): Over | null {
    const { known, last } = this;
    if (!last) return this.over;
    const over: Over = (this.over ??= { put: new Map(), delete: new Set(), dropPrefixes: [] });
    this.last = null;
    last.put.forEach((value, key) => {
      over.delete.delete(key);
      over.put.set(key, value);
      known.set(key, value);
    });
    for (const key of last.delete) {
      over.put.delete(key);
      over.delete.add(key);
      known.set(key, undefined);
    }
    over.dropPrefixes.push(...last.dropPrefixes);
    return over;
  }

  /** What some steps will want, in one question. */
  fetch(wanted: readonly Pick<Reads, "keys">[]): Promise<unknown> {
    const { known } = this;
    this.merged();
    const missing = new Set<string>();
    wanted.forEach(({ keys }) => keys.forEach((key) => known.has(key) || missing.add(key)));
    const asked = batches([...missing]).map((keys) =>
      this.storage.get(keys).then((found) => keys.forEach((key) => known.set(key, found.get(key)))),
    );
    return allOf(asked);
  }

  /** What a step wants, if it is all here already; null where storage must be asked. */
  recall(wanted: Reads): Found | null {
    this.merged();
    for (const want in wanted) {
      if (want !== "keys" && isAsked(wanted[want as keyof Reads])) return null;
    }
    return wanted.keys.every((key) => this.known.has(key))
      ? { ...NOTHING, values: this.known }
      : null;
  }

  async get<T>(keys: string[]): Promise<Map<string, T>> {
    await this.fetch([{ keys }]);
    const values = new Map<string, T>();
    for (const key of keys) {
      const value = this.known.get(key);
      if (value !== undefined) values.set(key, value as T);
    }
    return values;
  }

  async list<T>(options: List): Promise<Map<string, T>> {
    const { limit, reverse = false } = options;
    const over = this.merged() ?? NO_WRITES;
    const stored = await this.storage.list<T>({
      ...options,
      ...(limit !== undefined && { limit: limit + over.delete.size }),
    });
    if (over.put.size === 0 && over.delete.size === 0) return stored;
    const all = new Map(stored);
    for (const key of over.delete) all.delete(key);
    for (const [key, value] of over.put) if (isIn(key, options)) all.set(key, value as T);
    const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
    if (reverse) sorted.reverse();
    return new Map(sorted.slice(0, limit));
  }
}

/** A message that names nobody asks for no names. */
const isAsked = (want: unknown): boolean => (Array.isArray(want) ? want.length > 0 : Boolean(want));

const NOTHING: Found = {
  values: new Map(),
  page: [],
  changed: [],
  listed: [],
  named: [],
  marks: [],
  stale: [],
};

const isIn = (key: string, { prefix = "", start, startAfter, end }: List): boolean =>
  key.startsWith(prefix) &&
  (start === undefined || key >= start) &&
  (startAfter === undefined || key > startAfter) &&
  (end === undefined || key < end);
