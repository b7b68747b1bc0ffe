import { count, observe } from "../observe/metrics";

/** There is more to do than can be done in time: answer "busy" now rather than time out later. */
export class Busy extends Error {
  override name = "Busy";
}

export interface QueueLimits {
  /** Its name in the metrics. */
  name: string;
  /** Jobs that run at the same time. */
  atOnce: number;
  /** Jobs that may wait; one more is refused at once. */
  waiting: number;
  /** Milliseconds after which a waiting job is given up; without it jobs wait as long as it takes. */
  maxWaitMs?: number;
}

/**
 * A queue, first come first served. A job whose asker has gone (`signal`) is not begun.
 * `run` rejects with `Busy` where a job was not begun, else with what the job says.
 */
export function createQueue({ name, atOnce, waiting, maxWaitMs }: QueueLimits) {
  let running = 0;
  const line = new Set<() => void>();

  const busy = (): Busy => {
    count("guestlist_queue_refused_total", { queue: name });
    return new Busy();
  };

  /** Resolves with a place, which the one who left has handed over, so `running` stays the same. */
  function inLine(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        line.delete(begin);
        signal?.removeEventListener("abort", giveUp);
        clearTimeout(timer);
      };
      const begin = (): void => {
        leave();
        resolve();
      };
      const giveUp = (): void => {
        leave();
        reject(busy());
      };
      const timer = maxWaitMs === undefined ? undefined : setTimeout(giveUp, maxWaitMs);
      signal?.addEventListener("abort", giveUp);
      line.add(begin);
    });
  }

  return async function run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted || (running >= atOnce && line.size >= waiting)) throw busy();
    if (running >= atOnce) {
      const from = performance.now();
      await inLine(signal);
      observe("guestlist_queue_wait_seconds", { queue: name }, performance.now() - from);
    } else {
      running++;
      observe("guestlist_queue_wait_seconds", { queue: name }, 0);
    }
    try {
      return await job();
    } finally {
      const [next] = line;
      if (next) next();
      else running--;
    }
  };
}
