import type { Dial } from "./engine";
import { seal } from "./handover";
import { log } from "./log";
import { closeQuietly } from "./sockets";
import { readDown, write, type DownFrame, type UpFrame } from "./trunk-frames";
import { gatherMs, Turns } from "./turns";

/** Often enough that neither end is taken for idle by its engine, which puts idle objects to sleep. */
export const TRUNK_PING_MS = 5_000;
/** An end that was silent for so long is gone, whatever its socket says. */
export const TRUNK_SILENCE_MS = 30_000;

interface Listener {
  heard(frame: DownFrame): void;
  /** Once, unless it was closed from here. */
  ended(): void;
}

/** A relay's socket to its room. What is said meanwhile goes out together. */
export class Trunk {
  private readonly turns = new Turns<UpFrame>(
    async (turns) => {
      for (const text of write(turns.map(({ event }) => event))) this.socket.send(text);
      for (const turn of turns) turn.done();
    },
    // It is one write, however many people are behind it.
    (tookMs) => gatherMs(0, tookMs),
  );
  private readonly beat = setInterval(() => this.ping(), TRUNK_PING_MS);
  private heardAt = Date.now();
  private isOpen = true;

  /** Null where the room cannot be reached. */
  static async dial(dial: Dial, room: string, listener: Listener): Promise<Trunk | null> {
    const headers = new Headers({ ...seal({ room, trunk: true }), Upgrade: "websocket" });
    const at = `http://party/parties/main/${room}?_pk=${crypto.randomUUID()}`;
    const socket = (await dial(new Request(at, { headers }), room))?.webSocket;
    return socket ? new Trunk(socket, listener) : null;
  }

  private constructor(
    private readonly socket: WebSocket,
    private readonly listener: Listener,
  ) {
    socket.addEventListener("message", ({ data }) => this.hear(data));
    socket.addEventListener("close", () => this.end());
    socket.addEventListener("error", () => this.end());
    socket.accept();
  }

  /** Resolves when it is on its way, or will never be. */
  async say(frame: UpFrame): Promise<void> {
    await this.turns.add(frame).catch(() => this.end());
  }

  close(): void {
    this.isOpen = false;
    clearInterval(this.beat);
    closeQuietly(this.socket, 1000);
  }

  private hear(data: unknown): void {
    this.heardAt = Date.now();
    const frames = readDown(data);
    if (frames === null) {
      log("trunk_unreadable");
      return this.end();
    }
    for (const frame of frames) if (this.isOpen) this.listener.heard(frame);
  }

  private ping(): void {
    if (Date.now() - this.heardAt > TRUNK_SILENCE_MS) return this.end();
    void this.say({ type: "ping" });
  }

  private end(): void {
    if (!this.isOpen) return;
    this.close();
    this.listener.ended();
  }
}
