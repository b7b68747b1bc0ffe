import type { Kept } from "../lib/room/state";
import type { Connection } from "./engine";
import { log } from "./log";
import type { Room } from "./room";
import { closeQuietly } from "./sockets";
import { TRUNK_PING_MS, TRUNK_SILENCE_MS } from "./trunk";
import { readUp, write, type DownFrame, type UpFrame } from "./trunk-frames";

type Behind = Pick<Room, "onConnect" | "onMessage" | "onEnd">;

/** The room's ends of all trunks: to the room who is behind one is a connection like any other. */
export class Trunks {
  private readonly open = new Map<string, RoomEnd>();
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly room: Behind) {}

  has(id: string): boolean {
    return this.open.has(id);
  }

  onConnect(connection: Connection, room: string): void {
    this.open.set(connection.id, new RoomEnd(connection, room, this.room));
    // Who is behind a trunk is known in memory alone: a room that has one does not sleep.
    this.beat ??= setInterval(() => this.giveUpSilent(), TRUNK_PING_MS);
  }

  async onMessage(id: string, message: unknown): Promise<void> {
    const end = this.open.get(id);
    const frames = readUp(message);
    if (frames !== null) return end?.hear(frames);
    log("trunk_unreadable");
    closeQuietly(end?.connection, 1002, "protocol_error");
    return this.onEnd(id);
  }

  /** A relay is gone, and with it everybody's socket that it held. */
  async onEnd(id: string): Promise<void> {
    const end = this.open.get(id);
    this.open.delete(id);
    if (this.open.size === 0 && this.beat !== undefined) {
      clearInterval(this.beat);
      this.beat = undefined;
    }
    await end?.lose();
  }

  private giveUpSilent(): void {
    for (const [id, { connection, heardAt }] of this.open) {
      if (Date.now() - heardAt <= TRUNK_SILENCE_MS) continue;
      closeQuietly(connection, 1012, "restart");
      void this.onEnd(id);
    }
  }
}

class RoomEnd {
  heardAt = Date.now();
  private readonly lines = new Map<number, Line>();
  /** Said within one turn of the room, and sent together after it. */
  private batch: DownFrame[] = [];

  constructor(
    readonly connection: Connection,
    private readonly room: string,
    private readonly behind: Behind,
  ) {}

  async hear(frames: readonly UpFrame[]): Promise<void> {
    this.heardAt = Date.now();
    await Promise.all(frames.map((frame) => this.handle(frame)));
  }

  async lose(): Promise<void> {
    const lost = [...this.lines.values()];
    this.lines.clear();
    await Promise.all(lost.map(({ id }) => this.behind.onEnd(id)));
  }

  deliver(line: number, text: string): void {
    const last = this.batch.at(-1);
    if (last?.type === "deliver" && last.text === text) last.to.push(line);
    else this.say({ type: "deliver", to: [line], text });
  }

  close(line: number, code: number, reason: string): void {
    if (this.lines.delete(line)) this.say({ type: "close", line, code, reason });
  }

  private handle(frame: UpFrame): unknown {
    if (frame.type === "ping") return this.say({ type: "pong" });
    if (frame.type === "opened") {
      const { line, connection, pass, resume } = frame;
      const opened = new Line(connection, line, this);
      this.lines.set(line, opened);
      return this.behind.onConnect(opened, { room: this.room, pass, resume });
    }
    // Of one that the room has closed meanwhile there is nothing to hear.
    const id = this.lines.get(frame.line)?.id;
    if (id === undefined) return undefined;
    if (frame.type === "said") return this.behind.onMessage(id, frame.text);
    if (frame.type === "binary") return this.behind.onMessage(id, new ArrayBuffer(0));
    this.lines.delete(frame.line);
    return this.behind.onEnd(id);
  }

  private say(frame: DownFrame): void {
    if (this.batch.length === 0) queueMicrotask(() => this.flush());
    this.batch.push(frame);
  }

  private flush(): void {
    const { batch } = this;
    this.batch = [];
    try {
      for (const text of write(batch)) this.connection.send(text);
    } catch {
      // It is closing, which `onEnd` will hear of.
    }
  }
}

/** Somebody's socket, as seen from the far end of a trunk. */
class Line implements Connection {
  readonly readyState = 1;
  readonly isRelayed = true;
  state: unknown = null;

  constructor(
    readonly id: string,
    private readonly line: number,
    private readonly end: RoomEnd,
  ) {}

  setState(state: Kept): unknown {
    return (this.state = state);
  }

  send(text: string): void {
    this.end.deliver(this.line, text);
  }

  close(code = 1000, reason = ""): void {
    this.end.close(this.line, code, reason);
  }
}
