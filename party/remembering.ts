import type { Writes } from "../lib/room/events";
import type { Storage } from "./engine";
import { Newest } from "./newest";
import { Standings } from "./standings";
import { write, type Readable } from "./storage";

/** The room's storage, asked only for what is not remembered while the room is awake. */
export class Remembering implements Readable {
  private readonly newest: Newest;
  private readonly standings: Standings;

  constructor(private readonly storage: Storage) {
    this.newest = new Newest(storage);
    this.standings = new Standings(storage);
  }

  get<T>(keys: string[]): Promise<Map<string, T>> {
    return this.standings.get(keys);
  }

  list<T>(options: DurableObjectListOptions): Promise<Map<string, T>> {
    return this.newest.list(options);
  }

  /** All of it or nothing; whoever reads from here hears of it once that is done. */
  write(writes: Writes): Promise<void> {
    const follow = () => {
      this.newest.follow(writes);
      this.standings.follow(writes);
    };
    const forget = (error: unknown) => {
      this.standings.forget();
      throw error;
    };
    return write(this.storage, writes).then(follow, forget);
  }
}
