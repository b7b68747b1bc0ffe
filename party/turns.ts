import type { Answer } from "../lib/room/events";

/** Under load events are gathered for so long, counted from the beginning of the turn before. */
const GATHER_MS = { least: 8, perConnection: 0.1, most: 100 } as const;

/**
 * A turn costs a write to every socket, however little is in it: the more there are, and the longer
 * the last turn took that some shared, the fewer turns a second.
 */
export function gatherMs(connections: number, tookMs = 0): number {
  const { least, perConnection, most } = GATHER_MS;
  return Math.min(most, Math.max(least, connections * perConnection, 2 * tookMs));
}

/** An event that waits for its turn. Whoever takes it calls one of `done` and `failed`. */
export interface Turn<E> {
  readonly event: E;
  /** Milliseconds since the Unix epoch. */
  readonly arrivedAt: number;
  done(answer?: Answer): void;
  failed(error: unknown): void;
}

/**
 * The one queue of a room: no two turns are ever half done at once. Events that wait together are
 * one turn. The first after a pause has its turn at once, so a quiet room waits for nothing.
 */
export class Turns<E> {
  private last: Promise<unknown> = Promise.resolve();
  private waiting: Turn<E>[] = [];
  private beganAt = -Infinity;
  /** When those that wait have their turn: Infinity for nobody, -Infinity where it has begun. */
  private dueAt = Infinity;
  /** How long the last turn took: 0 where it was nobody's but one event's, which says nothing of load. */
  private tookMs = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly together: (turns: readonly Turn<E>[]) => Promise<void>,
    private readonly gatherForMs: (tookMs: number) => number,
  ) {}

  /** A turn for one task; a failed one holds nobody up. */
  alone<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.last.then(task);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  /** @param patienceMs how long it may wait for others to share a turn with; none goes before it */
  add(event: E, patienceMs = 0): Promise<Answer | undefined> {
    return new Promise((done, failed) => {
      const turn: Turn<E> = { event, arrivedAt: Date.now(), done, failed };
      if (this.waiting.length > 0) this.waiting.push(turn);
      // A list that begins with one has room for one; what is pushed into an empty one, for seventeen.
      else this.waiting = [turn];
      this.arrange(patienceMs);
    });
  }

  private arrange(patienceMs: number): void {
    const now = Date.now();
    const gather = this.gatherForMs(this.tookMs);
    const rest = this.beganAt + gather - now;
    // A clock that was set back makes nobody wait.
    const wait = Math.max(patienceMs, rest > gather ? 0 : rest);
    if (now + wait >= this.dueAt) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (wait <= 0) return this.begin();
    this.dueAt = now + wait;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.begin();
    }, wait);
  }

  private begin(): void {
    this.dueAt = -Infinity;
    this.last = this.last.then(this.next);
  }

  private readonly next = async () => {
    const turns = this.waiting;
    this.waiting = [];
    this.dueAt = Infinity;
    this.beganAt = Date.now();
    try {
      await this.together(turns);
    } catch (error) {
      for (const turn of turns) turn.failed(error);
    }
    this.tookMs = turns.length > 1 ? Date.now() - this.beganAt : 0;
  };
}
