import { parseClientFrame, errorFrame } from "../lib/protocol/parse";
import type { Answer, Effect, Reads, RoomEvent } from "../lib/room/events";
import { nextDeadlines } from "../lib/room/lease";
import { reads } from "../lib/room/reads";
import { DEFAULT_CONFIG, wake, wakeWrites, type FrameOf, type RoomState } from "../lib/room/state";
import { step } from "../lib/room/step";
import { json, refusal } from "./answers";
import { Deadlines } from "./deadlines";
import type { Connection, Engine } from "./engine";
import { eventOf, presented, presentsToken, type Read } from "./presented";
import { unseal, type Handover } from "./handover";
import { newEpoch, readRequest } from "./http";
import { Lanes } from "./lanes";
import { log, logFault, toldOf } from "./log";
import { createMetrics } from "./metrics";
import { settingsOf } from "./settings";
import { gather } from "./outgoing";
import { Pending } from "./pending";
import { Remembering } from "./remembering";
import { closeQuietly, Sockets } from "./sockets";
import { dropSome, loadRoom, lookUp, saveMeta, write } from "./storage";
import { gatherMs, Turns, type Turn } from "./turns";

/** Nobody waits to hear that somebody left: it shares the turn, and so the write, of what comes next. */
const LEAVE_PATIENCE_MS = 100;

/** What happens, and in which room: only the gate says that. */
interface Happening {
  event: RoomEvent;
  room?: string;
}

interface Decided {
  turn: Turn<Happening>;
  answer: Answer | undefined;
  effects: readonly Effect[];
}

const isSend = ({ type }: Effect): boolean => type === "send";
const isJoin = ({ event }: Turn<Happening>): boolean => event.event.type === "join";
const roomOf = (turns: readonly Turn<Happening>[]): string | undefined =>
  turns.find(({ event }) => event.room !== undefined)?.event.room;

/**
 * A room on either engine: turns what happens into events, asks the rules in lib/room, and does what
 * they say. Everything goes through one queue, so no two events are ever half done at once; events
 * that wait together are decided one after another and written, sent and scheduled together.
 */
export class Room {
  private state: RoomState | undefined;
  private readonly turns = new Turns<Happening>(
    (some) => this.together(some),
    (tookMs) => gatherMs(this.state?.connections.size ?? 0, tookMs),
  );
  private readonly deadlines: Deadlines;
  private readonly storage: Remembering;
  private readonly sockets: Sockets;
  private readonly lanes = new Lanes();
  private readonly metrics = createMetrics();
  /** One of each kind that turns are made of: engines drop the code of a kind of which none is left. */
  private kept: object | undefined;

  constructor(private readonly engine: Engine) {
    this.storage = new Remembering(engine.storage);
    this.sockets = new Sockets(
      () => engine.storage.sync(),
      (id) => void this.leave(id),
    );
    this.deadlines = new Deadlines(engine.storage, () => this.tick());
  }

  async onConnect(connection: Connection, { room, pass, resume }: Handover): Promise<void> {
    if (!pass) return closeQuietly(connection, 4403, "forbidden");
    const { id } = connection;
    this.sockets.add(connection);
    try {
      const event = { type: "join", connection: id, pass, resume, share: Math.random() } as const;
      await this.turns.add({ event, room });
    } catch (error) {
      logFault("join_failed", error, { room });
      this.sockets.remove(id);
      closeQuietly(connection, 1011, "internal_error");
      // It may have got in and failed after that: nobody stays who has no socket.
      void this.leave(id);
    }
  }

  onMessage(id: string, message: string | ArrayBuffer | ArrayBufferView) {
    this.sockets.heard(id);
    const read = typeof message === "string" ? parseClientFrame(message) : null;
    if (presentsToken(read) || this.lanes.isBusy(id)) return this.inLine(id, read);
    return this.receive(id, read, eventOf(id, read));
  }

  /** A token is verified before its turn, and what the same connection says next waits for that. */
  private inLine(id: string, read: Read): Promise<void> {
    return this.lanes.add(id, async () => {
      const event = presentsToken(read) ? await this.verified(id, read.frame) : eventOf(id, read);
      await this.receive(id, read, event);
    });
  }

  /** The socket is closed, or broken: an engine that ends the closing handshake after this need not wait. */
  onEnd(id: string): void {
    void this.leave(id);
  }

  async onAlarm(): Promise<void> {
    this.deadlines.rang();
    await this.tick();
  }

  async onRequest(req: Request): Promise<Response> {
    try {
      const handover = unseal(req.headers);
      if (!handover) return refusal("forbidden");
      const asked = await readRequest(req);
      if (asked instanceof Response) return asked;
      const event = { ...asked.event, ticket: handover.ticket };
      const { room, request } = handover;
      const answer = await this.turns.add({ event, room });
      if (!answer?.ok) return refusal(answer?.code ?? "internal");
      if (event.type === "revoke") log("revoked", { request, room, ...toldOf(event, answer.body) });
      if (event.type === "drain") log("drained", { request, room });
      if (asked.metrics) return this.metrics.answer(asked.metrics, answer.body);
      return json(answer.body);
    } catch (error) {
      logFault("request_failed", error);
      return refusal("unavailable");
    }
  }

  private async tick(): Promise<void> {
    await this.turns.add({ event: { type: "tick" } });
  }

  private async leave(connection: string): Promise<void> {
    this.sockets.remove(connection);
    try {
      await this.turns.add({ event: { type: "leave", connection } }, LEAVE_PATIENCE_MS);
    } catch (error) {
      logFault("leave_failed", error);
    }
  }

  private receive(connection: string, read: Read, event: RoomEvent): Promise<void> {
    const failed = (error: unknown) => {
      // Not stored, so not acknowledged and told to nobody: the sender may try again.
      logFault("frame_failed", error);
      const id = read?.ok && "id" in read.frame ? read.frame.id : undefined;
      this.sockets.send(connection, JSON.stringify(errorFrame("unavailable", { id })));
    };
    return this.turns.add({ event }).then(() => undefined, failed);
  }

  /**
   * Outside of the queue: the keys to verify a token with may have to be fetched from somewhere slow
   * or silent, and no message and no revocation of others waits for that.
   */
  private async verified(connection: string, frame: FrameOf<"auth.refresh">): Promise<RoomEvent> {
    // Where this fails it fails again in `receive`, which says so.
    if (!this.state) await this.turns.alone(() => this.load()).catch(() => undefined);
    return presented(connection, frame, this.state?.room ?? "", settingsOf(this.engine.env));
  }

  /**
   * Brings the room into memory, once per waking. The id comes from the gate or from storage:
   * after an alarm PartyKit's own throws.
   */
  private async load(id?: string): Promise<RoomState> {
    if (this.state) return this.state;
    const settings = settingsOf(this.engine.env);
    if (!settings) throw new Error("misconfigured");
    const { storage } = this.engine;
    const { meta: stored, here } = await loadRoom(storage);
    if (!stored && id === undefined) throw new Error("a room without a name was woken");
    const meta = stored ?? { room: id as string, epoch: newEpoch(), seq: 0, rev: 0 };
    if (!stored) await saveMeta(storage, meta);
    await this.deadlines.load();
    const kept = this.sockets.restore(this.engine.connections());
    const config = { ...DEFAULT_CONFIG, ...settings.limits, graceMs: settings.graceMs };
    const state = wake({ meta, here, kept }, config, Date.now());
    const put = wakeWrites(here, state);
    if (put.size > 0) await write(storage, { put, delete: new Set(), dropPrefixes: [] });
    this.state = state;
    log("room_woke", { room: meta.room, connections: kept.length });
    return state;
  }

  /**
   * Asks the rules about each event in turn, makes all of the outcome durable in one write, and only
   * then lets anybody see it. An event that cannot be decided fails alone; if the write fails, all do.
   */
  private async together(turns: readonly Turn<Happening>[]): Promise<void> {
    const before = this.state ?? (await this.load(roomOf(turns)));
    const pending = new Pending(this.storage);
    const wanted = turns.map(({ event }) => reads(before, event.event));
    await pending.fetch(wanted);
    let state = before;
    const decided: Decided[] = [];
    for (let at = 0; at < turns.length; at++) {
      const turn = turns[at] as Turn<Happening>;
      try {
        const { event } = turn.event;
        const wants = state === before ? (wanted[at] as Reads) : reads(state, event);
        const found = pending.recall(wants) ?? (await lookUp(pending, state, wants));
        const result = step(state, event, Date.now(), found);
        pending.add(result.writes);
        state = result.state;
        decided.push({ turn, answer: result.answer, effects: result.effects });
      } catch (error) {
        turn.failed(error);
      }
    }
    const effects =
      decided.length === 1
        ? (decided[0] as Decided).effects
        : decided.flatMap((one) => one.effects);
    this.kept = pending;
    const { writes } = pending;
    await this.storage.write(writes);
    this.state = state;
    this.sockets.attach(before, state);
    // An engine opens a socket when its joining is answered, and keeps what is told before.
    decided.forEach(({ turn, answer }) => isJoin(turn) && turn.done(answer));
    await this.carryOut(effects);
    decided.forEach(({ turn, answer, effects }) => {
      if (!isJoin(turn)) turn.done(answer);
      if (effects.some(isSend)) this.metrics.sent(Date.now() - turn.arrivedAt);
    });
    writes.dropPrefixes.forEach((prefix) => this.drop(prefix));
    await this.deadlines.set(nextDeadlines(state));
  }

  private carryOut(effects: readonly Effect[]): Promise<void> {
    effects.forEach((effect) => {
      if (effect.type === "refused") {
        log("refused", { reason: effect.reason, user: effect.user, room: this.state?.room });
      }
      if (effect.type === "refused" || effect.type === "count") this.metrics.count(effect);
    });
    const { deliveries, closings } = gather(effects);
    return this.sockets.deliver(deliveries, closings);
  }

  /** A piece per turn, so that people do not wait for the dustmen. */
  private drop(prefix: string): void {
    void this.turns
      .alone(async () => {
        if (await dropSome(this.engine.storage, prefix)) this.drop(prefix);
      })
      .catch((error) => logFault("drop_failed", error));
  }
}
