/**
 * A map to change that leaves the one it began as alone: copied when it is first changed, so that a
 * step which changes nothing of a large room copies nothing of it.
 */
export class LazyMap<K, V> {
  private changed: Map<K, V> | null = null;

  constructor(private readonly before: ReadonlyMap<K, V>) {}

  /** As it is now; the very map it began as where nothing was changed. */
  get current(): ReadonlyMap<K, V> {
    return this.changed ?? this.before;
  }
  get size(): number {
    return this.current.size;
  }
  get(key: K): V | undefined {
    return this.current.get(key);
  }
  has(key: K): boolean {
    return this.current.has(key);
  }
  keys() {
    return this.current.keys();
  }
  values() {
    return this.current.values();
  }
  [Symbol.iterator]() {
    return this.current[Symbol.iterator]();
  }
  set(key: K, value: V): void {
    this.changed ??= new Map(this.before);
    this.changed.set(key, value);
  }
  delete(key: K): boolean {
    if (!this.has(key)) return false;
    this.changed ??= new Map(this.before);
    return this.changed.delete(key);
  }
}
