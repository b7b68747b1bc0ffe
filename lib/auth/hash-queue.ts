/** Too many password hashes wait already: answer "busy" now rather than time out later. */
export class HashingBusy extends Error {
  override name = "HashingBusy";
}

/**
 * libuv has four threads for everything, file reads and DNS included; hashing takes two of them at
 * the most. 19 MiB each, so memory is bounded too.
 */
const AT_ONCE = 2;
/** About four seconds of work at 30 ms a hash. */
const WAITING = 256;

/** A queue that runs `atOnce` jobs and lets `waiting` more wait, in order. */
export function createQueue(atOnce: number, waiting: number) {
  let running = 0;
  const line: (() => void)[] = [];

  return async function run<T>(job: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (line.length >= waiting) throw new HashingBusy();
      // The one who leaves hands its place over, so `running` does not change in between.
      await new Promise<void>((resolve) => line.push(resolve));
    } else {
      running++;
    }
    try {
      return await job();
    } finally {
      const next = line.shift();
      if (next) next();
      else running--;
    }
  };
}

export const inTurn = createQueue(AT_ONCE, WAITING);
