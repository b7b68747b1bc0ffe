import type { Writes } from "../lib/room/events";
import { messagePrefix } from "../lib/room/keys";
import type { Storage } from "./engine";

type List = Exclude<Parameters<Storage["list"]>[0], undefined>;

/** What is remembered at the most: more than a page. */
const MOST = 100;

/** All of a history from a key on, up to its newest message. */
export const newestFrom = (epoch: string, start: string) => ({
  prefix: messagePrefix(epoch),
  start,
});

/**
 * Storage that remembers the newest messages while the room is awake: everybody who comes in is told
 * the same page. It hears of every write once that is done, so it says what storage would.
 */
export class Newest {
  private prefix: string | undefined;
  /** From this key on everything under the prefix is in `known`, in the order of the keys. */
  private start = "";
  private known = new Map<string, unknown>();

  constructor(private readonly storage: Pick<Storage, "list">) {}

  async list<T>(options: List = {}): Promise<Map<string, T>> {
    const { prefix, start, ...more } = options;
    if (prefix === undefined || start === undefined || Object.keys(more).length > 0) {
      return this.storage.list<T>(options);
    }
    if (prefix !== this.prefix || start < this.start) {
      this.known = new Map(await this.storage.list(options));
      this.prefix = prefix;
      this.start = start;
      // What was asked for may be more than what is worth keeping.
      const found = new Map(this.known);
      this.shorten();
      return found as Map<string, T>;
    }
    return new Map([...this.known].filter(([key]) => key >= start)) as Map<string, T>;
  }

  /** What was written: a new message comes after all others, since keys sort by number. */
  follow({ put, delete: deleted }: Writes): void {
    const { prefix } = this;
    if (prefix === undefined) return;
    put.forEach((value, key) => {
      if (key.startsWith(prefix) && key >= this.start) this.known.set(key, value);
    });
    for (const key of deleted) this.known.delete(key);
    this.shorten();
  }

  private shorten(): void {
    for (const key of this.known.keys()) {
      if (this.known.size <= MOST) return;
      this.known.delete(key);
      this.start = `${key}\0`;
    }
  }
}
