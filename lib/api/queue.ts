/** There is more to do than can be done in time: answer "busy" now rather than time out later. */
export class Busy extends Error {
  override name = "Busy";
}

export interface QueueLimits {
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
export function createQueue({ atOnce, waiting, maxWaitMs }: QueueLimits) {
  let running = 0;
  const line = new Set<() => void>();

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
        reject(new Busy());
      };
      const timer = maxWaitMs === undefined ? undefined : setTimeout(giveUp, maxWaitMs);
      signal?.addEventListener("abort", giveUp);
      line.add(begin);
    });
  }

  return async function run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted || (running >= atOnce && line.size >= waiting)) throw new Busy();
    if (running >= atOnce) await inLine(signal);
    else running++;
    try {
      return await job();
    } finally {
      const [next] = line;
      if (next) next();
      else running--;
    }
  };
}
