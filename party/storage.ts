import { MAX_MARKS } from "../lib/protocol/limits";
import type { Mentionable } from "../lib/protocol/mentions";
import type { Message } from "../lib/protocol/values";
import type { ChangesRead, Found, ListRead, PageRead, Reads, Writes } from "../lib/room/events";
import { AUDIT_PREFIX, HERE_PREFIX, keys, staleSpent } from "../lib/room/keys";
import type { Here, Meta } from "../lib/room/state";
import type { Storage } from "./engine";
import { newestFrom } from "./newest";

/** The engines' limit for one call. */
const BATCH = 128;
/** People whose names begin with the same word, as far as a mention looks for them. */
const MAX_OF_ONE_NAME = 200;
/** How many forgettable tokens one step clears away. */
const STALE = 32;

/** Storage, as far as a step reads it. */
export interface Readable {
  get<T>(keys: string[]): Promise<Map<string, T>>;
  list<T>(options: DurableObjectListOptions): Promise<Map<string, T>>;
}

/** Fetches what a step has asked for. */
export async function lookUp(
  storage: Readable,
  { epoch, seq }: Pick<Meta, "epoch" | "seq">,
  wanted: Reads,
): Promise<Found> {
  const [values, page, changed, listed, named, marks, stale] = await Promise.all([
    wanted.keys.length > 0 ? storage.get<unknown>(wanted.keys) : new Map<string, unknown>(),
    messages(storage, { epoch, seq }, wanted.page),
    changedMessages(storage, epoch, wanted.changes),
    entries(storage, wanted.list),
    Promise.all(
      (wanted.named ?? []).map((prefix) =>
        storage.list<Mentionable>({ prefix, limit: MAX_OF_ONE_NAME }),
      ),
    ),
    wanted.marks === undefined
      ? null
      : storage.list({ prefix: wanted.marks, limit: MAX_MARKS, reverse: true }),
    wanted.stale ? storage.list({ ...staleSpent(Date.now()), limit: STALE }) : null,
  ]);
  return {
    values,
    page,
    changed,
    listed,
    named: named.flatMap((people) => [...people.values()]),
    marks: marks ? [...marks.keys()] : [],
    stale: stale ? [...stale.keys()] : [],
  };
}

async function entries(storage: Readable, wanted: ListRead | undefined): Promise<unknown[]> {
  if (!wanted || wanted.from > wanted.to) return [];
  const key = wanted.prefix === AUDIT_PREFIX ? keys.audit : keys.report;
  const found = await storage.list({ start: key(wanted.from), end: key(wanted.to + 1) });
  return [...found.values()];
}

async function messages(
  storage: Readable,
  { epoch, seq }: Pick<Meta, "epoch" | "seq">,
  page: PageRead | undefined,
): Promise<Message[]> {
  if (!page || page.from > page.to) return [];
  const start = keys.message(epoch, page.from);
  const found = await storage.list<Message>(
    // Up to the newest it is asked for so that `Newest` may know it.
    page.to < seq ? { start, end: keys.message(epoch, page.to + 1) } : newestFrom(epoch, start),
  );
  // A write that failed may have left messages after the newest that counts.
  return [...found.values()].filter((message) => message.seq <= page.to);
}

async function changedMessages(
  storage: Readable,
  epoch: string,
  wanted: ChangesRead | undefined,
): Promise<Message[]> {
  if (!wanted || wanted.after >= wanted.to) return [];
  const log = await storage.list<number>({
    start: keys.change(epoch, wanted.after + 1),
    end: keys.change(epoch, wanted.to + 1),
  });
  const seqs = new Set([...log.values()].filter((seq) => seq <= wanted.upToSeq));
  const names = [...seqs].map((seq) => keys.message(epoch, seq));
  const found = await Promise.all(batches(names).map((some) => storage.get<Message>(some)));
  return found.flatMap((some) => [...some.values()]);
}

/** All of it or nothing: calls without an await in between are one write to the storage. */
export function write(storage: Storage, writes: Writes): Promise<unknown> {
  const calls: Promise<unknown>[] = tablesOf(writes.put).map((table) => storage.put(table));
  if (writes.delete.size > 0) {
    calls.push(...batches([...writes.delete]).map((names) => storage.delete(names)));
  }
  return allOf(calls);
}

/** The one there is, as it is in nearly every turn, or all together. */
export const allOf = (calls: readonly Promise<unknown>[]): Promise<unknown> =>
  calls.length === 1 ? (calls[0] as Promise<unknown>) : Promise.all(calls);

/** Deletes a part of what is under a prefix; true while something is left. */
export async function dropSome(storage: Storage, prefix: string): Promise<boolean> {
  const found = await storage.list({ prefix, limit: BATCH });
  if (found.size > 0) await storage.delete([...found.keys()]);
  return found.size === BATCH;
}

export async function loadRoom(
  storage: Storage,
): Promise<{ meta: Meta | undefined; here: Here[] }> {
  const [meta, here] = await Promise.all([
    storage.get<Omit<Meta, "rev"> & Partial<Meta>>(keys.meta),
    storage.list<Here>({ prefix: HERE_PREFIX }),
  ]);
  // A room that was stored before changes were counted has counted none.
  return { meta: meta && { ...meta, rev: meta.rev ?? 0 }, here: [...here.values()] };
}

export const saveMeta = (storage: Storage, meta: Meta): Promise<void> =>
  storage.put(keys.meta, meta);

/** As many as one call may be about. */
export function batches<T>(items: T[]): T[][] {
  if (items.length <= BATCH) return items.length > 0 ? [items] : [];
  const all: T[][] = [];
  for (let i = 0; i < items.length; i += BATCH) all.push(items.slice(i, i + BATCH));
  return all;
}

/** Without a prototype the engine keeps them as tables; else every key would make it another shape. */
function tablesOf(entries: ReadonlyMap<string, unknown>): Record<string, unknown>[] {
  const tables: Record<string, unknown>[] = [];
  let table: Record<string, unknown> = {};
  let left = 0;
  entries.forEach((value, key) => {
    if (left === 0) {
      tables.push((table = Object.create(null) as typeof table));
      left = BATCH;
    }
    table[key] = value;
    left -= 1;
  });
  return tables;
}
