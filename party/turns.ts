import type { Answer } from "../lib/room/events";

/** Under load events are gathered for so long, counted from the beginning of the turn before. */
const GATHER_MS = { least: 8, perConnection: 0.1, most: 100 } as const;

/**
 * A turn costs a write to every socket, however little is in it: the more there are, the fewer turns
 * a second.
 */
export const gatherMs = (connections: number): number =>
  Math.min(GATHER_MS.most, Math.max(GATHER_MS.least, connections * GATHER_MS.perConnection));

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

  constructor(
    private readonly together: (turns: readonly Turn<E>[]) => Promise<void>,
    private readonly gatherForMs: () => number,
  ) {}

  /** A turn for one task; a failed one holds nobody up. */
  alone<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.last.then(task);
    this.last = turn.catch(() => undefined);
    return turn;
  }

  add(event: E): Promise<Answer | undefined> {
    return new Promise((done, failed) => {
      this.waiting.push({ event, arrivedAt: Date.now(), done, failed });
      if (this.waiting.length === 1) this.arrange();
    });
  }

  private arrange(): void {
    const gather = this.gatherForMs();
    const wait = this.beganAt + gather - Date.now();
    // A clock that was set back makes nobody wait.
    if (wait <= 0 || wait > gather) return this.begin();
    setTimeout(() => this.begin(), wait);
  }

  private begin(): void {
    void this.alone(async () => {
      const turns = this.waiting;
      this.waiting = [];
      this.beganAt = Date.now();
      try {
        await this.together(turns);
      } catch (error) {
        for (const turn of turns) turn.failed(error);
      }
    });
  }
}
