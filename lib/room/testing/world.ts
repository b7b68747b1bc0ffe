import type { Mentionable } from "../../protocol/mentions";
import type { ServerFrame, ServerFrameOf } from "../../protocol/server-frames";
import type { Message } from "../../protocol/values";
import type { ChangesRead, Effect, Found, ListRead, Pass, Resume, RoomEvent } from "../events";
import { HERE_PREFIX, keys, staleSpent } from "../keys";
import { reads } from "../reads";
import {
  DEFAULT_CONFIG,
  wake,
  wakeWrites,
  type Here,
  type Meta,
  type RoomConfig,
  type RoomState,
} from "../state";
import { step, type StepResult } from "../step";

const START = 1_800_000_000_000;

/** A room with a storage, a clock and listeners of its own: the rules without any platform. */
export class World {
  now = START;
  state: RoomState;
  readonly stored = new Map<string, unknown>();
  readonly told = new Map<string, ServerFrame[]>();
  readonly closed = new Map<string, string>();
  private tokens = 0;

  constructor(readonly config: RoomConfig = DEFAULT_CONFIG) {
    const meta: Meta = { room: "general", epoch: "epoch1", seq: 0, rev: 0 };
    this.stored.set(keys.meta, meta);
    this.state = wake({ meta, here: [], kept: [] }, config, this.now);
  }

  /** Looks up, decides, stores, and lets everybody hear: one event from end to end. */
  do(event: RoomEvent): StepResult {
    const result = this.decide(event);
    this.accept(result);
    return result;
  }

  decide(event: RoomEvent): StepResult {
    return step(this.state, event, this.now, this.lookUp(event));
  }

  accept({ state, writes, effects }: StepResult): void {
    for (const [key, value] of writes.put) this.stored.set(key, structuredClone(value));
    for (const key of writes.delete) this.stored.delete(key);
    for (const prefix of writes.dropPrefixes) {
      for (const key of this.keys(prefix)) this.stored.delete(key);
    }
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
  }

  /** `sockets` false: the process was killed and nothing but the storage is left. */
  restart(sockets = true): void {
    const kept = sockets ? [...this.state.connections.values()].map((c) => c.kept) : [];
    const here = this.keys(HERE_PREFIX).map((key) => this.stored.get(key) as Here);
    this.state = wake(
      { meta: this.stored.get(keys.meta) as Meta, here, kept },
      this.config,
      this.now,
    );
    for (const [key, value] of wakeWrites(here, this.state)) this.stored.set(key, value);
  }

  pass(user: string, changes: Partial<Pass> = {}): Pass {
    return {
      user: { id: user, name: user },
      sid: `session-of-${user}`,
      room: "general",
      role: "member",
      jti: `token-${++this.tokens}`,
      issuedAt: this.now,
      presentableUntil: this.now + 70_000,
      leaseMs: 300_000,
      sessionEndsAt: this.now + 86_400_000,
      ...changes,
    };
  }

  join(
    connection: string,
    changes: Partial<Pass> = {},
    resume?: Resume,
    share = 0.5,
  ): ServerFrame[] {
    const user = changes.user?.id ?? connection.replace(/\d+$/, "");
    this.do({ type: "join", connection, pass: this.pass(user, changes), resume, share });
    return this.heard(connection);
  }

  frame(connection: string, frame: Extract<RoomEvent, { type: "frame" }>["frame"]): ServerFrame[] {
    this.forget(connection);
    this.do({ type: "frame", connection, frame });
    return this.heard(connection);
  }

  send(connection: string, id: string, text = id): ServerFrame[] {
    return this.frame(connection, { type: "chat.send", id, text });
  }

  refresh(connection: string, pass: Pass): ServerFrame[] {
    this.forget(connection);
    this.do({ type: "refresh", connection, id: "r", presented: { ok: true, pass }, share: 0.5 });
    return this.heard(connection);
  }

  /** Lets time pass and an alarm fire. */
  later(ms: number): void {
    this.now += ms;
    this.do({ type: "tick" });
  }

  heard(connection: string): ServerFrame[] {
    return this.told.get(connection) ?? [];
  }

  of<T extends ServerFrame["type"]>(connection: string, type: T): ServerFrameOf<T>[] {
    return this.heard(connection).filter((f): f is ServerFrameOf<T> => f.type === type);
  }

  forget(...connections: string[]): void {
    for (const connection of connections) this.told.delete(connection);
  }

  messages(): Message[] {
    return this.keys(`m/${this.state.epoch}/`).map((key) => this.stored.get(key) as Message);
  }

  private lookUp(event: RoomEvent): Found {
    const wanted = reads(this.state, event);
    const { start, end } = staleSpent(this.now);
    return {
      values: new Map(wanted.keys.map((key) => [key, this.stored.get(key)])),
      page: this.messages().filter(
        ({ seq }) => wanted.page && seq >= wanted.page.from && seq <= wanted.page.to,
      ),
      changed: this.changed(wanted.changes),
      listed: this.listed(wanted.list),
      named: (wanted.named ?? []).flatMap((prefix) =>
        this.keys(prefix).map((key) => this.stored.get(key) as Mentionable),
      ),
      marks: wanted.marks === undefined ? [] : this.keys(wanted.marks).toReversed(),
      stale: wanted.stale ? this.keys(start).filter((key) => key < end) : [],
    };
  }

  private listed(wanted: ListRead | undefined): unknown[] {
    if (!wanted) return [];
    const { prefix, from, to } = wanted;
    return this.keys(prefix)
      .filter((key) => Number(key.slice(prefix.length)) >= from)
      .filter((key) => Number(key.slice(prefix.length)) <= to)
      .map((key) => this.stored.get(key));
  }

  private changed(wanted: ChangesRead | undefined): Message[] {
    if (!wanted) return [];
    const { epoch } = this.state;
    const seqs = new Set<number>();
    for (let rev = wanted.after + 1; rev <= wanted.to; rev++) {
      const seq = this.stored.get(keys.change(epoch, rev)) as number;
      if (seq <= wanted.upToSeq) seqs.add(seq);
    }
    return [...seqs].map((seq) => this.stored.get(keys.message(epoch, seq)) as Message);
  }

  private keys(prefix: string): string[] {
    return [...this.stored.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  private carryOut(effect: Effect): void {
    if (effect.type === "close")
      this.closed.set(effect.connection, `${effect.code} ${effect.reason}`);
    if (effect.type !== "send") return;
    for (const id of effect.to) this.told.set(id, [...this.heard(id), ...effect.frames]);
  }
}
