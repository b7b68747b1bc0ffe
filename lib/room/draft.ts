import type { CloseCode, ErrorCode } from "../protocol/codes";
import { closeRule } from "../protocol/codes";
import { PRESENCE_LEAVE_GRACE_MS, REFUSALS_BURST, REFUSALS_PER_SECOND } from "../protocol/limits";
import { errorFrame } from "../protocol/parse";
import type { ServerFrame } from "../protocol/server-frames";
import type { PresentUser } from "../protocol/values";
import { bucketOf, withBucket, type Buckets } from "./buckets";
import type { Answer, Effect, Found } from "./events";
import type { News } from "./news";
import { LazyMap } from "./lazy-map";
import { take, type Bucket, type Rate } from "./rate";
import type {
  BucketName,
  Connection,
  Forgetting,
  Kept,
  Person,
  RoomState,
  Rules,
  WholeMeta,
} from "./state";

const REFUSALS: Rate = { perSecond: REFUSALS_PER_SECOND, burst: REFUSALS_BURST };

/** Connections whose lease has not ended. */
function authorised(
  connections: ReadonlyMap<string, Connection>,
  now: number,
  except?: string,
): string[] {
  const to: string[] = [];
  for (const { kept } of connections.values()) {
    if (kept.id !== except && now < kept.leaseEndsAt) to.push(kept.id);
  }
  return to;
}

/** The same of connections that this step has left alone: found once for all steps that do. */
const found = new WeakMap<ReadonlyMap<string, Connection>, readonly string[]>();
function listeners(connections: ReadonlyMap<string, Connection>): readonly string[] {
  let to = found.get(connections);
  if (!to) {
    to = [...connections.values()].flatMap(({ kept }) =>
      kept.phase === "expired" ? [] : [kept.id],
    );
    found.set(connections, to);
  }
  return to;
}

/** One step in the making: a copy of the state to change, and what shall follow from it. */
export class Draft {
  readonly connections: LazyMap<string, Connection>;
  readonly people: LazyMap<string, Person>;
  readonly typing: LazyMap<string, number>;
  buckets: Buckets;
  epoch: string;
  seq: number;
  rev: number;
  rules: Rules;
  floor: number;
  sweepAt: number | undefined;
  forgetting: readonly Forgetting[];
  audited: number;
  reported: number;
  spent: number;
  readonly put = new Map<string, unknown>();
  readonly delete = new Set<string>();
  readonly dropPrefixes: string[] = [];
  readonly effects: Effect[] = [];
  readonly diff = {
    joined: [] as PresentUser[],
    left: [] as string[],
    updated: [] as PresentUser[],
  };
  typingChanged = false;
  news: News;
  /** A connection whose `welcome` holds all that this step broadcasts about people. */
  welcomed: string | undefined;
  answer: Answer | undefined;
  /** People who lost a connection in this step; `now`: without the grace to come back. */
  parted: Map<string, "grace" | "now"> | null = null;
  /** How long those who lost their last connection in this step may take to come back. */
  leaveGraceMs = PRESENCE_LEAVE_GRACE_MS;

  constructor(
    readonly before: RoomState,
    readonly found: Found,
    readonly now: number,
  ) {
    this.connections = new LazyMap(before.connections);
    this.people = new LazyMap(before.people);
    this.typing = new LazyMap(before.typing);
    this.buckets = before.buckets;
    this.news = before.news;
    this.epoch = before.epoch;
    this.seq = before.seq;
    this.rev = before.rev;
    this.rules = before.rules;
    this.floor = before.floor;
    this.sweepAt = before.sweepAt;
    this.forgetting = before.forgetting;
    this.audited = before.audited;
    this.reported = before.reported;
    this.spent = before.spent;
  }

  /** What of the room itself is stored. */
  get meta(): WholeMeta {
    const { room, epoch, seq, rev, rules, floor, sweepAt, forgetting, audited, reported } = this;
    const meta = { room, epoch, seq, rev, rules, floor, forgetting, audited, reported };
    return sweepAt === undefined ? meta : { ...meta, sweepAt };
  }

  get room(): string {
    return this.before.room;
  }
  get config(): RoomState["config"] {
    return this.before.config;
  }

  stored<T>(key: string): T | undefined {
    return this.found.values.get(key) as T | undefined;
  }

  connectionsOf(user: string): Connection[] {
    return [...this.connections.values()].filter(({ kept }) => kept.user.id === user);
  }

  keep(id: string, change: Partial<Kept>): void {
    const connection = this.connections.get(id);
    if (connection) {
      this.connections.set(id, { ...connection, kept: { ...connection.kept, ...change } });
    }
  }

  send(to: string | readonly string[], ...frames: ServerFrame[]): void {
    const list = typeof to === "string" ? [to] : to;
    if (list.length > 0) this.effects.push({ type: "send", to: list, frames });
  }

  /**
   * To everyone whose lease has not ended. Every step begins by passing time, so a late timer
   * delivers nothing.
   */
  broadcast(frames: ServerFrame[], except?: string): void {
    const { current } = this.connections;
    if (except === undefined && current === this.before.connections) {
      return this.send(listeners(current), ...frames);
    }
    this.send(authorised(current, this.now, except), ...frames);
  }

  /** Takes a connection out; what that means for its person is settled at the end of the step. */
  drop(id: string, leave: "grace" | "now" = "grace"): void {
    const user = this.connections.get(id)?.kept.user.id;
    if (user === undefined) return;
    this.connections.delete(id);
    this.parted ??= new Map();
    if (this.parted.get(user) !== "now") this.parted.set(user, leave);
  }

  close(id: string, code: CloseCode, leave: "grace" | "now" = "grace", reason?: string): void {
    this.drop(id, leave);
    this.effects.push({
      type: "close",
      connection: id,
      code,
      reason: reason ?? closeRule(code).name,
    });
  }

  /** Takes from a connection's bucket; milliseconds to wait where it is empty. */
  take(id: string, name: BucketName, rate: Rate): number | null {
    const key = `${id} ${name}`;
    const taken = take(this.bucket(key), rate, this.now);
    if (!taken.ok) return taken.retryAfterMs;
    this.keepBucket(key, taken.bucket);
    return null;
  }

  bucket(key: string): Bucket | undefined {
    return bucketOf(this.buckets, key);
  }

  keepBucket(key: string, bucket: Bucket): void {
    this.buckets = withBucket(this.buckets, key, bucket);
  }

  /**
   * Answers a refused frame. Answers are limited as well, else refusals could be made to cost more
   * than messages: past the limit the connection closes.
   */
  refuse(
    id: string,
    code: ErrorCode,
    frame?: string,
    retryAfterMs?: number,
    why: { reason?: string | undefined; until?: number | undefined } = {},
  ): void {
    const error = { id: frame, retryAfterMs, ...why };
    if (code === "rate_limited") this.effects.push({ type: "count", what: "rate_hits" });
    const wait = this.take(id, "refusals", REFUSALS);
    if (wait === null) return this.send(id, errorFrame(code, error));
    this.send(id, errorFrame("rate_limited", { id: frame, retryAfterMs: 10_000 }));
    this.close(id, 4429);
  }
}
