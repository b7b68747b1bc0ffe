import { closeRule } from "../lib/protocol/codes";
import { MAX_FRAME_BYTES } from "../lib/protocol/limits";
import { errorFrame } from "../lib/protocol/parse";
import type { Connection, Dial } from "./engine";
import type { Handover } from "./handover";
import { log, logFault } from "./log";
import { closeQuietly } from "./sockets";
import { Trunk } from "./trunk";
import type { DownFrame } from "./trunk-frames";

interface Client {
  connection: Connection;
  line: number;
  /** Null until the room has been told of it. */
  trunk: Trunk | null;
}

/**
 * One of several before a large room: holds the sockets of some of its people, and one trunk to the
 * room, which is told what they say and says what each of them is told. It decides nothing, and knows
 * nothing that it would have to keep: without its trunk there is nobody in it.
 */
export class Relay {
  private readonly clients = new Map<string, Client>();
  private readonly lines = new Map<number, Client>();
  private lastLine = 0;
  private trunk: Trunk | null = null;
  private dialling: Promise<Trunk | null> | null = null;

  constructor(private readonly dial: Dial) {}

  has(id: string): boolean {
    return this.clients.has(id);
  }

  async onConnect(connection: Connection, handover: Handover): Promise<void> {
    const { pass, resume } = handover;
    if (!pass) return closeQuietly(connection, 4403, "forbidden");
    const { id } = connection;
    const client: Client = { connection, line: ++this.lastLine, trunk: null };
    this.clients.set(id, client);
    this.lines.set(client.line, client);
    const trunk = await this.trunkTo(handover);
    if (this.clients.get(id) !== client) return this.rest();
    if (trunk === null) return this.refuse(client);
    client.trunk = trunk;
    void trunk.say({ type: "opened", line: client.line, connection: id, pass, resume });
  }

  onMessage(id: string, message: string | ArrayBuffer | ArrayBufferView): void {
    const { line, trunk } = this.clients.get(id) ?? {};
    if (line === undefined || !trunk) return;
    if (typeof message !== "string") return void trunk.say({ type: "binary", line });
    // What is too long is refused for its length, and needs no more of it for that.
    const text = message.slice(0, MAX_FRAME_BYTES + 1);
    void trunk.say({ type: "said", line, text });
  }

  /** The client's socket is closed, or broken. */
  async onEnd(id: string): Promise<void> {
    const client = this.clients.get(id);
    if (!client) return;
    this.forget(client);
    await client.trunk?.say({ type: "ended", line: client.line });
    this.rest();
  }

  private async trunkTo(handover: Handover): Promise<Trunk | null> {
    if (this.trunk) return this.trunk;
    this.dialling ??= this.open(handover).finally(() => (this.dialling = null));
    return this.dialling;
  }

  private async open({ room, relay }: Handover): Promise<Trunk | null> {
    try {
      const trunk: Trunk | null = await Trunk.dial(this.dial, room, {
        heard: (frame) => this.hear(frame),
        ended: () => this.lose(),
      });
      log(trunk ? "trunk_opened" : "trunk_refused", { room, relay });
      return (this.trunk = trunk);
    } catch (error) {
      logFault("trunk_failed", error, { room, relay });
      return null;
    }
  }

  private hear(frame: DownFrame): void {
    if (frame.type === "deliver") {
      for (const line of frame.to) this.tell(this.lines.get(line), frame.text);
    }
    if (frame.type !== "close") return;
    const client = this.lines.get(frame.line);
    if (!client) return;
    this.forget(client);
    closeQuietly(client.connection, frame.code, frame.reason);
    this.rest();
  }

  private tell(client: Client | undefined, text: string): void {
    try {
      client?.connection.send(text);
    } catch {
      // One dying socket must not cost the others the message.
      if (client) void this.onEnd(client.connection.id);
    }
  }

  /** Nobody can be told from here what they miss: they come back, and are, as after a restart. */
  private lose(): void {
    this.trunk = null;
    for (const client of [...this.clients.values()]) {
      this.forget(client);
      closeQuietly(client.connection, 1012, closeRule(1012).name);
    }
  }

  private refuse(client: Client): void {
    this.forget(client);
    try {
      client.connection.send(JSON.stringify(errorFrame("unavailable")));
    } catch {
      // It has left already.
    }
    closeQuietly(client.connection, 1013, closeRule(1013).name);
  }

  private forget({ connection, line }: Client): void {
    this.clients.delete(connection.id);
    this.lines.delete(line);
  }

  /** Where nobody is, nothing keeps relay and room awake. */
  private rest(): void {
    if (this.clients.size > 0) return;
    this.trunk?.close();
    this.trunk = null;
  }
}
