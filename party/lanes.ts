/**
 * One line per name: a slow task holds up only what comes after it under the same name. A name that
 * is not busy needs no line, so that all else is done in the order in which it came.
 */
export class Lanes {
  private readonly last = new Map<string, Promise<unknown>>();

  isBusy(name: string): boolean {
    return this.last.has(name);
  }

  add<T>(name: string, task: () => Promise<T>): Promise<T> {
    const done = (this.last.get(name) ?? Promise.resolve()).then(task);
    const settled = done
      .catch(() => undefined)
      .then(() => {
        if (this.last.get(name) === settled) this.last.delete(name);
      });
    this.last.set(name, settled);
    return done;
  }
}
