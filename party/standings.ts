import type { Writes } from "../lib/room/events";
import { isOfPerson } from "../lib/room/keys";
import type { Readable } from "./storage";

/** Of some five hundred people; who has not come for longest is forgotten first. */
const MOST = 5_000;

/**
 * Storage that remembers, while the room is awake, what it keeps for each person, also where that is
 * nothing: every frame of theirs asks for some of it, and it seldom changes. It hears of every write
 * once that is done, so it says what storage would.
 */
export class Standings {
  private readonly known = new Map<string, unknown>();

  constructor(
    private readonly storage: Pick<Readable, "get">,
    private readonly most = MOST,
  ) {}

  get<T>(keys: string[]): Promise<Map<string, T>> {
    const missing = keys.filter((key) => !this.known.has(key));
    const withKnown = (found: Map<string, T>) => {
      keys.forEach((key) => {
        const value = this.known.get(key);
        if (value !== undefined) found.set(key, value as T);
      });
      missing.forEach((key) => isOfPerson(key) && this.remember(key, found.get(key)));
      return found;
    };
    if (missing.length === 0) return Promise.resolve(withKnown(new Map()));
    return this.storage.get<T>(missing).then(withKnown);
  }

  follow({ put, delete: deleted, dropPrefixes }: Writes): void {
    put.forEach((value, key) => {
      if (isOfPerson(key)) this.remember(key, value);
    });
    for (const key of deleted) this.known.delete(key);
    if (dropPrefixes.length === 0) return;
    for (const key of this.known.keys()) {
      if (dropPrefixes.some((prefix) => key.startsWith(prefix))) this.known.delete(key);
    }
  }

  /** What storage holds is not known any more: a write has failed, and may have left something. */
  forget(): void {
    this.known.clear();
  }

  private remember(key: string, value: unknown): void {
    this.known.delete(key);
    this.known.set(key, value);
    if (this.known.size <= this.most) return;
    const [oldest] = this.known.keys();
    this.known.delete(oldest as string);
  }
}
