/** A clock that stands still until it is told to go on. Timers run in order, each at its own time. */
export function createFakeClock(startMs = 1_000) {
  let now = startMs;
  let order = 0;
  const timers = new Map<number, { at: number; run: () => void }>();

  const dueBefore = (end: number) =>
    [...timers]
      .filter(([, timer]) => timer.at <= end)
      .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];

  /** Lets promises that are settled already run on; forty turns cover the longest chain of ours. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 40; turn++) await Promise.resolve();
  }

  return {
    now: () => now,
    setTimeout(run: () => void, ms: number): number {
      timers.set(++order, { at: now + Math.max(0, ms), run });
      return order;
    },
    clearTimeout(handle: unknown): void {
      timers.delete(handle as number);
    },
    /** How many timers wait. */
    pending: () => timers.size,
    settle,
    async advance(ms: number): Promise<void> {
      const end = now + ms;
      await settle();
      for (let next = dueBefore(end); next; next = dueBefore(end)) {
        const [handle, timer] = next;
        timers.delete(handle);
        now = Math.max(now, timer.at);
        timer.run();
        await settle();
      }
      now = end;
    },
    /** The machine sleeps: time passes and nothing fires until it wakes. */
    async sleep(ms: number): Promise<void> {
      now += ms;
      await this.advance(0);
    },
  };
}
export type FakeClock = ReturnType<typeof createFakeClock>;
