import { parseClientFrame, errorFrame } from "../lib/protocol/parse";
import type { Answer, Effect, RoomEvent } from "../lib/room/events";
import { nextDeadlines } from "../lib/room/lease";
import { reads } from "../lib/room/reads";
import { DEFAULT_CONFIG, wake, wakeWrites, type FrameOf, type RoomState } from "../lib/room/state";
import { step } from "../lib/room/step";
import { json, refusal } from "./answers";
import type { Connection, Engine } from "./engine";
import { eventOf, presented } from "./presented";
import { unseal } from "./handover";
import { newEpoch, readRequest } from "./http";
import { Lanes } from "./lanes";
import { log, logFault, toldOf } from "./log";
import { createMetrics } from "./metrics";
import { settingsOf } from "./settings";
import { closeQuietly, Sockets } from "./sockets";
import { dropSome, loadRoom, lookUp, saveMeta, write } from "./storage";

/**
 * A room on either engine: turns what happens into events, asks the rules in lib/room, and does what
 * they say. Everything goes through one queue, so no two events are ever half done at once.
 */
export class Room {
  private state: RoomState | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private alarmAt: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly sockets = new Sockets();
  private readonly lanes = new Lanes();
  private readonly metrics = createMetrics();

  constructor(private readonly engine: Engine) {}

  onConnect(connection: Connection, request: { headers: { get(name: string): string | null } }) {
    return this.inTurn(async () => {
      const { room, pass, resume } = unseal(request.headers) ?? {};
      if (room === undefined || !pass) return closeQuietly(connection, 4403, "forbidden");
      const event = {
        type: "join",
        connection: connection.id,
        pass,
        resume,
        share: Math.random(),
      } as const;
      try {
        await this.load(room);
        this.sockets.add(connection);
        await this.happen(event);
      } catch (error) {
        logFault("join_failed", error, { room });
        this.sockets.remove(connection.id);
        closeQuietly(connection, 1011, "internal_error");
        // It may have got in and failed after that: nobody stays who has no socket.
        void this.leave(connection.id);
      }
    });
  }

  onMessage(id: string, message: string | ArrayBuffer | ArrayBufferView) {
    const read = typeof message === "string" ? parseClientFrame(message) : null;
    if (read?.ok && read.frame.type === "auth.refresh") {
      const { frame } = read;
      return this.lanes.add(id, async () =>
        this.receive(id, frame.id, await this.verified(id, frame)),
      );
    }
    const named = read?.ok && "id" in read.frame ? read.frame.id : undefined;
    const receive = () => this.receive(id, named, eventOf(id, read));
    return this.lanes.isBusy(id) ? this.lanes.add(id, receive) : receive();
  }

  /** The socket is closed, or broken. */
  onEnd(id: string) {
    return this.leave(id);
  }

  onAlarm() {
    return this.inTurn(async () => {
      this.alarmAt = null;
      await this.load();
      await this.happen({ type: "tick" });
    });
  }

  async onRequest(req: Request): Promise<Response> {
    try {
      const handover = unseal(req.headers);
      if (!handover) return refusal("forbidden");
      const asked = await readRequest(req);
      if (asked instanceof Response) return asked;
      const event = { ...asked.event, ticket: handover.ticket };
      return await this.inTurn(async () => {
        await this.load(handover.room);
        const answer = await this.happen(event);
        if (!answer?.ok) return refusal(answer?.code ?? "internal");
        const { room, request } = handover;
        if (event.type === "revoke")
          log("revoked", { request, room, ...toldOf(event, answer.body) });
        if (event.type === "drain") log("drained", { request, room });
        if (asked.metrics) return this.metrics.answer(asked.metrics, answer.body);
        return json(answer.body);
      });
    } catch (error) {
      logFault("request_failed", error);
      return refusal("unavailable");
    }
  }

  /** Lets each event wait for the one before; a failed one holds nobody up. */
  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(task);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private leave(id: string) {
    return this.inTurn(async () => {
      await this.load();
      this.sockets.remove(id);
      await this.happen({ type: "leave", connection: id });
    }).catch((error) => logFault("leave_failed", error));
  }

  private receive(connection: string, named: string | undefined, event: RoomEvent) {
    return this.inTurn(async () => {
      try {
        await this.load();
        await this.happen(event);
      } catch (error) {
        // Not stored, so not acknowledged and told to nobody: the sender may try again.
        logFault("frame_failed", error);
        const frames = [errorFrame("unavailable", { id: named })];
        this.sockets.send({ type: "send", to: [connection], frames });
      }
    });
  }

  /**
   * Outside of the queue: the keys to verify a token with may have to be fetched from somewhere slow
   * or silent, and no message and no revocation of others waits for that.
   */
  private async verified(connection: string, frame: FrameOf<"auth.refresh">): Promise<RoomEvent> {
    // Where this fails it fails again in `receive`, which says so.
    await this.inTurn(() => this.load()).catch(() => undefined);
    return presented(connection, frame, this.state?.room ?? "", settingsOf(this.engine.env));
  }

  /**
   * Brings the room into memory, once per waking. The id comes from the gate or from storage:
   * after an alarm PartyKit's own throws.
   */
  private async load(id?: string): Promise<void> {
    if (this.state) return;
    const settings = settingsOf(this.engine.env);
    if (!settings) throw new Error("misconfigured");
    const { storage } = this.engine;
    const { meta: stored, here } = await loadRoom(storage);
    if (!stored && id === undefined) throw new Error("a room without a name was woken");
    const meta = stored ?? { room: id as string, epoch: newEpoch(), seq: 0, rev: 0 };
    if (!stored) await saveMeta(storage, meta);
    this.alarmAt = await storage.getAlarm();
    const kept = this.sockets.restore(this.engine.connections());
    const config = { ...DEFAULT_CONFIG, ...settings.limits, graceMs: settings.graceMs };
    const state = wake({ meta, here, kept }, config, Date.now());
    const put = wakeWrites(here, state);
    if (put.size > 0) await write(storage, { put, delete: new Set(), dropPrefixes: [] });
    this.state = state;
    log("room_woke", { room: meta.room, connections: kept.length });
  }

  /** Asks the rules, makes the outcome durable, and only then lets anybody see it. */
  private async happen(event: RoomEvent): Promise<Answer | undefined> {
    const before = this.state as RoomState;
    const arrived = Date.now();
    const found = await lookUp(this.engine.storage, before.epoch, reads(before, event));
    const { state, writes, effects, answer } = step(before, event, Date.now(), found);
    await write(this.engine.storage, writes);
    this.state = state;
    this.sockets.attach(before, state);
    this.carryOut(effects);
    if (effects.some(({ type }) => type === "send")) this.metrics.sent(Date.now() - arrived);
    for (const prefix of writes.dropPrefixes) this.drop(prefix);
    await this.schedule(state);
    return answer;
  }

  private carryOut(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case "send":
          for (const id of this.sockets.send(effect)) void this.leave(id);
          break;
        case "close":
          this.sockets.close(effect);
          break;
        case "refused":
          log("refused", { reason: effect.reason, user: effect.user, room: this.state?.room });
          this.metrics.count(effect);
          break;
        case "count":
          this.metrics.count(effect);
      }
    }
  }

  /** A piece per turn, so that people do not wait for the dustmen. */
  private drop(prefix: string): void {
    void this.inTurn(async () => {
      if (await dropSome(this.engine.storage, prefix)) this.drop(prefix);
    }).catch((error) => logFault("drop_failed", error));
  }

  private async schedule(state: RoomState): Promise<void> {
    const { durable, soon } = nextDeadlines(state);
    // An alarm that is early costs a look; one that is late costs a deadline.
    if (durable !== null && (this.alarmAt === null || durable < this.alarmAt)) {
      this.alarmAt = durable;
      await this.engine.storage.setAlarm(durable);
    }
    if (this.timer !== undefined) clearTimeout(this.timer);
    if (soon === null) return;
    this.timer = setTimeout(
      () => {
        void this.inTurn(() => this.happen({ type: "tick" })).catch((error) =>
          logFault("tick_failed", error),
        );
      },
      Math.max(0, soon - Date.now()),
    );
  }
}
