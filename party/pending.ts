import type { Found, Reads, Writes } from "../lib/room/events";
import type { Storage } from "./engine";
import type { Readable } from "./storage";

type List = Exclude<Parameters<Storage["list"]>[0], undefined>;

/**
 * Storage as it will be once the steps of a turn are written: what they put and deleted so far lies
 * over what is stored. Written in one go by whoever takes `writes`.
 */
export class Pending {
  private readonly puts = new Map<string, unknown>();
  private readonly deletes = new Set<string>();
  private readonly drops: string[] = [];
  /** What is known of it: what was fetched, so that it is fetched once, and what lies over that. */
  private readonly known = new Map<string, unknown>();

  constructor(private readonly storage: Readable) {}

  get writes(): Writes {
    return { put: this.puts, delete: this.deletes, dropPrefixes: this.drops };
  }

  add(writes: Writes): void {
    writes.put.forEach((value, key) => {
      this.deletes.delete(key);
      this.puts.set(key, value);
      this.known.set(key, value);
    });
    for (const key of writes.delete) {
      this.puts.delete(key);
      this.deletes.add(key);
      this.known.set(key, undefined);
    }
    this.drops.push(...writes.dropPrefixes);
  }

  /** What some steps will want, in one question. */
  async fetch(keys: readonly string[]): Promise<void> {
    const missing = [...new Set(keys)].filter((key) => !this.known.has(key));
    for (let at = 0; at < missing.length; at += 128) {
      const some = missing.slice(at, at + 128);
      const found = await this.storage.get(some);
      for (const key of some) this.known.set(key, found.get(key));
    }
  }

  /** What a step wants, if it is all here already; null where storage must be asked. */
  recall(wanted: Reads): Found | null {
    const { keys, ...more } = wanted;
    if (Object.values(more).some(isAsked) || !keys.every((key) => this.known.has(key))) return null;
    return { ...NOTHING, values: this.values(keys) };
  }

  async get<T>(keys: string[]): Promise<Map<string, T>> {
    await this.fetch(keys);
    return this.values(keys) as Map<string, T>;
  }

  async list<T>(options: List): Promise<Map<string, T>> {
    const { limit, reverse = false } = options;
    const stored = await this.storage.list<T>({
      ...options,
      ...(limit !== undefined && { limit: limit + this.deletes.size }),
    });
    if (this.puts.size === 0 && this.deletes.size === 0) return stored;
    const all = new Map(stored);
    for (const key of this.deletes) all.delete(key);
    for (const [key, value] of this.puts) if (isIn(key, options)) all.set(key, value as T);
    const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
    if (reverse) sorted.reverse();
    return new Map(sorted.slice(0, limit));
  }

  private values(keys: readonly string[]): Map<string, unknown> {
    const values = new Map<string, unknown>();
    for (const key of keys) {
      const value = this.known.get(key);
      if (value !== undefined) values.set(key, value);
    }
    return values;
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
