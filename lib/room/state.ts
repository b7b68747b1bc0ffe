import type { ClientFrame } from "../protocol/client-frames";
import {
  CONNECTIONS_PER_PERSON,
  CONNECTIONS_PER_ROOM,
  GRACE_SECONDS,
  MESSAGES_PER_MINUTE_PER_PERSON,
  MESSAGES_PER_SECOND,
  PRESENCE_LEAVE_GRACE_MS,
  RECONNECT_BASE_MS,
  RECONNECT_CAP_MS,
  RECONNECT_STRETCH_MS_PER_CONNECTION,
} from "../protocol/limits";
import type { PresentUser, Role, UserRef } from "../protocol/values";
import { keys } from "./keys";
import { timesOf } from "./times";
import { NO_NEWS, type News } from "./news";
import { NO_BUCKETS, type Buckets } from "./buckets";

/** All times are milliseconds since the Unix epoch on the party's clock. */

export interface RoomConfig {
  graceMs: number;
  messagesPerSecond: number;
  messagesPerMinute: number;
  connectionsPerRoom: number;
  connectionsPerPerson: number;
}

export const DEFAULT_CONFIG: RoomConfig = {
  graceMs: GRACE_SECONDS.default * 1000,
  messagesPerSecond: MESSAGES_PER_SECOND,
  messagesPerMinute: MESSAGES_PER_MINUTE_PER_PERSON,
  connectionsPerRoom: CONNECTIONS_PER_ROOM,
  connectionsPerPerson: CONNECTIONS_PER_PERSON,
};

/** What outlives hibernation with its socket: at most 2 048 bytes, so nothing that can grow. */
export interface Kept {
  readonly id: string;
  readonly user: UserRef;
  readonly sid: string;
  readonly joinedAt: number;
  readonly status: "active" | "away";
  readonly phase: "live" | "expiring" | "expired";
  readonly warnAt: number;
  readonly leaseEndsAt: number;
  readonly sessionEndsAt: number;
  /** The room's newest message when the lease ended: what comes later was missed. */
  readonly missedFrom: number;
  /** Likewise its newest change. */
  readonly missedRev?: number;
  readonly refusedRefreshes: number;
}

export interface Connection {
  readonly kept: Kept;
}
export type BucketName = "messages" | "other" | "refusals" | "bad" | "reports";

/** A person in the room, over all their connections. */
export interface Person {
  readonly user: UserRef;
  readonly role: Role;
  /** When the newest of the tokens was minted that said who this is; an older one says nothing new. */
  readonly issuedAt?: number | undefined;
  /** What the others were told last. */
  readonly shown: PresentUser;
  /** Set while no connection is left: when the others will be told. */
  readonly leavesAt: number | null;
}
/** What storage keeps of a person who is here. */
export type Here = Pick<Person, "user" | "role" | "issuedAt" | "shown" | "leavesAt">;

/** What owners and moderators have set. */
export interface Rules {
  /** Between two messages of one person. */
  readonly slowSeconds: number;
  readonly retentionDays: number | null;
  readonly archived: boolean;
  /** Deleted for good: nobody enters, and nothing is kept. */
  readonly gone: boolean;
}
export const NO_RULES: Rules = {
  slowSeconds: 0,
  retentionDays: null,
  archived: false,
  gone: false,
};

/** A person whose account is gone, and how far through the history their traces are taken out. */
export interface Forgetting {
  readonly user: string;
  readonly how: "anonymise" | "erase";
  readonly next: number;
  readonly to: number;
  /** When the next piece is due. */
  readonly at: number;
}

export interface Meta {
  room: string;
  epoch: string;
  seq: number;
  /** Changes of stored messages so far: edits, deletions, reactions. */
  rev: number;
  rules?: Rules;
  /** Messages up to this one were dropped because they were too old. */
  floor?: number;
  /** When the oldest message is looked at next; missing where nothing is ever dropped. */
  sweepAt?: number | undefined;
  forgetting?: readonly Forgetting[];
  /** Entries ever written into the log, and reports ever made. */
  audited?: number;
  reported?: number;
}

export type WholeMeta = Required<Omit<Meta, "sweepAt">> & Pick<Meta, "sweepAt">;

export interface RoomState extends Readonly<WholeMeta> {
  readonly config: RoomConfig;
  readonly connections: ReadonlyMap<string, Connection>;
  readonly people: ReadonlyMap<string, Person>;
  /** Who types, and until when that is believed. */
  readonly typing: ReadonlyMap<string, number>;
  readonly news: News;
  /** Not kept: a room that was idle long enough to be evicted has refilled them. */
  readonly buckets: Buckets;
  /** Tokens spent since the room woke; not kept. */
  readonly spent: number;
  /** When time alone changes something about connections, people or who types. */
  readonly times: Times;
}

/**
 * `durable` must wake a room that was evicted (an alarm); `soon` is of no use to a room that has
 * forgotten it anyway (a timer will do). Infinity where there is nothing.
 */
export interface Times {
  readonly durable: number;
  readonly soon: number;
}

/** Of a room that was stored before these were kept. */
const DEFAULTS: Omit<WholeMeta, "room" | "epoch" | "seq" | "rev" | "sweepAt"> = {
  rules: NO_RULES,
  floor: 0,
  forgetting: [],
  audited: 0,
  reported: 0,
};

export type FrameOf<T extends ClientFrame["type"]> = Extract<ClientFrame, { type: T }>;

/**
 * The room as it wakes: from storage and from the sockets that outlived hibernation.
 * Who was here and has no socket now was cut off with the process, and gets the leave grace to
 * come back before anybody is told.
 */
export function wake(
  { meta, here, kept }: { meta: Meta; here: Here[]; kept: Kept[] },
  config: RoomConfig,
  now: number,
): RoomState {
  const connections = new Map(kept.map((one) => [one.id, { kept: one }]));
  const connected = new Set(kept.map((one) => one.user.id));
  const people = new Map<string, Person>();
  const goneAt = now + PRESENCE_LEAVE_GRACE_MS + stretchOf(here);
  for (const person of here) {
    const leavesAt = connected.has(person.user.id) ? null : (person.leavesAt ?? goneAt);
    people.set(person.user.id, { ...person, leavesAt });
  }
  const found = { connections, people, typing: new Map<string, number>() };
  return {
    ...{ ...DEFAULTS, ...meta, config, ...found, news: NO_NEWS, buckets: NO_BUCKETS, spent: 0 },
    times: timesOf(found, config),
  };
}

/** How much longer the last of a crowd waits before it dials: clients stretch by the same measure. */
function stretchOf(here: Here[]): number {
  const crowd = here.reduce((sum, { shown }) => sum + shown.connections, 0);
  const longest = Math.min(RECONNECT_CAP_MS, crowd * RECONNECT_STRETCH_MS_PER_CONNECTION);
  return Math.max(0, longest - RECONNECT_BASE_MS);
}

/**
 * What must be stored of a waking: the moment a grace began. Else a room that is evicted before the
 * grace is over starts it anew at each waking, and people who are gone stay for good.
 */
export function wakeWrites(here: Here[], { people }: RoomState): Map<string, Here> {
  const put = new Map<string, Here>();
  for (const before of here) {
    const leavesAt = people.get(before.user.id)?.leavesAt ?? null;
    if (leavesAt !== before.leavesAt) put.set(keys.here(before.user.id), { ...before, leavesAt });
  }
  return put;
}
