import { WebSocket, type ClientOptions } from "ws";
import { parseServerFrames } from "../../lib/protocol/parse";
import type { ServerFrame, ServerFrameOf } from "../../lib/protocol/server-frames";

const PATIENCE_MS = 8_000;

export interface Close {
  code: number;
  reason: string;
}

/** A raw WebSocket client: remembers what it was told, and waits for what it is asked about. */
export class Client {
  readonly heard: ServerFrame[] = [];
  readonly unread: ServerFrame[] = [];
  readonly closed: Promise<Close>;
  readonly opened: Promise<void>;
  unknown = 0;
  private readonly socket: WebSocket;
  private wake: (() => void)[] = [];

  constructor(url: string, options: ClientOptions = {}) {
    this.socket = new WebSocket(url, options);
    this.opened = new Promise((resolve, reject) => {
      this.socket.once("open", () => resolve());
      this.socket.once("unexpected-response", (_req, res) => {
        let body = "";
        res.on("data", (chunk) => (body += chunk));
        res.on("end", () => reject(new Refused(res.statusCode ?? 0, body, res.headers)));
      });
      this.socket.once("error", reject);
    });
    this.opened.catch(() => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.once("close", (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.notify();
      });
    });
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data) => {
      const { frames, unknown } = parseServerFrames(data.toString());
      this.unknown += unknown;
      this.heard.push(...frames);
      this.unread.push(...frames);
      this.notify();
    });
  }

  send(frame: object | string | Buffer): void {
    const text =
      typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame);
    this.socket.send(text);
  }

  /** The first unread frame of a type that fits; earlier ones of other types stay unread. */
  async next<T extends ServerFrame["type"]>(
    type: T,
    fits: (frame: ServerFrameOf<T>) => boolean = () => true,
  ): Promise<ServerFrameOf<T>> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const at = this.unread.findIndex((f) => f.type === type && fits(f as ServerFrameOf<T>));
      if (at >= 0) return this.unread.splice(at, 1)[0] as ServerFrameOf<T>;
      if (this.socket.readyState === WebSocket.CLOSED || Date.now() >= deadline) {
        throw new Error(`No ${type} came. Heard: ${inShort(this.heard) || "nothing"}`);
      }
      await this.something(deadline - Date.now());
    }
  }

  /** Everything sent before this was handled once the pong is here: what is not there now never comes. */
  async caughtUp(): Promise<void> {
    const id = `sync-${Math.random()}`;
    this.send({ type: "ping", id });
    await this.next("pong", (frame) => frame.id === id);
  }

  of<T extends ServerFrame["type"]>(type: T): ServerFrameOf<T>[] {
    return this.heard.filter((frame): frame is ServerFrameOf<T> => frame.type === type);
  }

  async leave(code = 1000): Promise<Close> {
    this.socket.close(code);
    return this.closed;
  }

  /** As if the machine had lost power. */
  terminate(): void {
    this.socket.terminate();
  }

  private something(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake.push(() => (clearTimeout(timer), resolve()));
    });
  }

  private notify(): void {
    for (const wake of this.wake.splice(0)) wake();
  }
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly headers: Record<string, unknown>,
  ) {
    super(`refused with ${status}`);
  }
}

/** What was heard last, one word for what came several times in a row: `ack×49 error:rate_limited`. */
function inShort(frames: ServerFrame[]): string {
  const runs: { word: string; times: number }[] = [];
  for (const frame of frames) {
    const word = frame.type === "error" ? `error:${frame.code}` : frame.type;
    const last = runs.at(-1);
    if (last?.word === word) last.times += 1;
    else runs.push({ word, times: 1 });
  }
  const words = runs.map(({ word, times }) => (times > 1 ? `${word}×${times}` : word));
  return [...(words.length > 40 ? ["…"] : []), ...words.slice(-40)].join(" ");
}
