import { serialize } from "node:v8";
import type { Connection, Engine, Env, Storage } from "../engine";

type Options = Exclude<Parameters<Storage["list"]>[0], undefined>;

/** The engine under a room, in memory: counts what is read, and weighs what is written as the engines store it. */
export function createMemoryEngine(env: Env) {
  /** By the first part of the key, which every range of ours begins with. */
  const kinds = new Map<string, Map<string, unknown>>();
  const kindOf = (key: string): Map<string, unknown> => {
    const name = key.split("/")[0] ?? "";
    const kind = kinds.get(name) ?? new Map<string, unknown>();
    kinds.set(name, kind);
    return kind;
  };
  const sockets: Connection[] = [];
  /** Calls, keys asked for, and values given; since it was last asked for. */
  let read = { calls: 0, keys: 0, rows: 0 };
  const largest = new Map<string, number>();
  let alarmAt: number | null = null;

  const put = (key: string, value: unknown): void => {
    const name = key.split("/")[0] ?? "";
    largest.set(name, Math.max(largest.get(name) ?? 0, serialize(value).byteLength));
    kindOf(key).set(key, value);
  };
  const storage = {
    async get(asked: string | string[]) {
      const keys = [asked].flat();
      const found = new Map(
        keys.filter((key) => kindOf(key).has(key)).map((key) => [key, kindOf(key).get(key)]),
      );
      read.calls++;
      read.keys += keys.length;
      read.rows += found.size;
      return typeof asked === "string" ? found.get(asked) : found;
    },
    async list({ prefix = "", start = "", startAfter, end = "~", limit, reverse }: Options = {}) {
      const keys = [...kindOf(prefix || start).keys()]
        .filter((key) => key.startsWith(prefix) && key >= start && key < end)
        .filter((key) => startAfter === undefined || key > startAfter)
        .sort();
      if (reverse) keys.reverse();
      const found = new Map(keys.slice(0, limit).map((key) => [key, kindOf(key).get(key)]));
      read.calls++;
      read.rows += found.size;
      return found;
    },
    async put(given: string | Record<string, unknown>, value?: unknown) {
      if (typeof given === "string") put(given, value);
      else for (const [key, one] of Object.entries(given)) put(key, one);
    },
    async delete(keys: string[]) {
      for (const key of keys) kindOf(key).delete(key);
    },
    sync: () => new Promise<void>((done) => setTimeout(done, 0)),
    getAlarm: async () => alarmAt,
    setAlarm: async (at: number) => void (alarmAt = at),
  };
  const engine: Engine = {
    env,
    storage: storage as unknown as Storage,
    connections: () => sockets,
    dial: async () => null,
  };

  return {
    engine,
    /** How many values there are whose keys begin so. */
    count: (kind: string) => kinds.get(kind)?.size ?? 0,
    /** The bytes of the largest value ever written, by the first part of its key. */
    largest: () => Object.fromEntries(largest),
    /** What was read since the last time. */
    takeReads() {
      const taken = read;
      read = { calls: 0, keys: 0, rows: 0 };
      return taken;
    },
    /** A socket that remembers what it is told. */
    open(id: string) {
      const told: string[] = [];
      let state: unknown = null;
      const connection: Connection = {
        id,
        readyState: 1,
        get state() {
          return state;
        },
        setState: (kept) => (state = kept),
        send: (text) => void told.push(text),
        close: () => undefined,
      };
      sockets.push(connection);
      return { connection, told };
    },
    /** The process is gone, and every socket with it. */
    lose: () => void (sockets.length = 0),
  };
}
