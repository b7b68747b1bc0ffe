import type { ClientDeps } from "../deps";
import type { EnvironmentEvent } from "../environment";

/**
 * A frozen page: its clock goes on, while timers and whatever arrives wait until it is thawed, as in a
 * background tab that the browser has put to sleep.
 */
export function createFreezer(base: ClientDeps) {
  let frozen = false;
  let waiting: (() => void)[] = [];
  const listeners = new Set<(event: EnvironmentEvent) => void>();

  const held =
    <A extends unknown[]>(work: (...args: A) => void) =>
    (...args: A): void => {
      if (frozen) waiting.push(() => work(...args));
      else work(...args);
    };

  const deps: ClientDeps = {
    ...base,
    // Read at once: the browser's storage is behind a getter.
    storage: base.storage,
    setTimeout(callback, ms) {
      const timer = { over: false, handle: undefined as unknown };
      const fire = held(() => !timer.over && callback());
      timer.handle = base.setTimeout(fire, ms);
      return timer;
    },
    clearTimeout(given) {
      const timer = given as { over: boolean; handle: unknown } | undefined;
      if (!timer) return;
      timer.over = true;
      base.clearTimeout(timer.handle);
    },
    environment: {
      ...base.environment,
      subscribe(listener) {
        const entry = held(listener);
        listeners.add(entry);
        const off = base.environment.subscribe(entry);
        return () => {
          listeners.delete(entry);
          off();
        };
      },
    },
  };

  return {
    deps,
    held,
    freeze(on: boolean) {
      frozen = on;
      if (on) return;
      const late = waiting;
      waiting = [];
      for (const work of late) work();
      for (const listener of [...listeners]) listener("wake");
    },
  };
}
