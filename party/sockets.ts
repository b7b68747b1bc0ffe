import { UNHEARD_CHARACTERS, UNHEARD_MS } from "../lib/protocol/limits";
import type { Kept, RoomState } from "../lib/room/state";
import type { Connection } from "./engine";
import type { Closing, Delivery } from "./outgoing";

/**
 * What the runtime is given to write before it has time to. Nothing is written while code of ours runs; until
 * then a socket that has something to write takes some 21 KB beside the text, which the allocator keeps.
 */
const PORTION = { sockets: 70, characters: 128 * 1024 } as const;
/** So many times the next portion is told before the runtime has tidied up after the one before. */
const HURRIED = 2;

/** Until the runtime has done what it can do by itself. */
const untilIdle = () => new Promise<void>((done) => setTimeout(done, 0));

interface Line {
  connection: Connection;
  /** Asked of the connection once: engines' sockets are no plain objects, and slow to say what they lack. */
  isRelayed: boolean;
  /** UTF-16 code units told since it was last heard: what an engine may have to keep for it. */
  unheard: number;
  heardAt: number;
}

/**
 * The open sockets of a room. Kept as a map while awake: walking the engine's own list reads
 * every attachment each time.
 */
export class Sockets {
  private readonly open = new Map<string, Line>();

  /**
   * @param stored until all that is to be stored is: what was told is written then, and not tidied up after
   * @param lost hears of each connection that failed
   * @param written until all that was told is written, and tidied up after
   */
  constructor(
    private readonly stored: () => Promise<void>,
    private readonly lost: (id: string) => void,
    private readonly now: () => number = Date.now,
    private readonly written: () => Promise<void> = untilIdle,
  ) {}

  /** Finds the sockets that outlived an eviction; one that never got in has no attachment. */
  restore(connections: Iterable<Connection>): Kept[] {
    const kept: Kept[] = [];
    for (const connection of connections) {
      const state = connection.state as Kept | null;
      if (state === null || connection.readyState !== WebSocket.OPEN) continue;
      this.open.set(connection.id, this.lineOf(connection));
      kept.push(state);
    }
    return kept;
  }

  add(connection: Connection): void {
    this.open.set(connection.id, this.lineOf(connection));
  }

  /** It said something, a ping say: as far as can be told, it reads. */
  heard(id: string): void {
    const line = this.open.get(id);
    if (!line) return;
    line.unheard = 0;
    line.heardAt = this.now();
  }

  remove(id: string): void {
    this.open.delete(id);
  }

  /** Writes what changed to the sockets' attachments, where it outlives hibernation. */
  attach(before: RoomState, after: RoomState): void {
    if (before.connections === after.connections) return;
    for (const [id, { kept }] of after.connections) {
      if (before.connections.get(id)?.kept !== kept) this.open.get(id)?.connection.setState(kept);
    }
  }

  /**
   * Sends each text to its connections, in order, and then closes some. One dying socket must not cost the
   * others the message.
   */
  async deliver(deliveries: Iterable<Delivery>, closings: readonly Closing[] = []): Promise<void> {
    let { sockets, characters } = PORTION;
    let rests = 0;
    for (const { to, but, text } of deliveries) {
      // By index: an engine makes an object for each that is iterated.
      for (let at = 0; at < to.length; at++) {
        const id = to[at] as string;
        if (but?.has(id)) continue;
        if (sockets <= 0 || characters <= 0) {
          await (rests < HURRIED ? this.stored() : this.written());
          rests += 1;
          ({ sockets, characters } = PORTION);
        }
        const line = this.open.get(id);
        if (!line) continue;
        if (!this.tell(id, line, text)) {
          // It hears no later frame without this one.
          this.remove(id);
          this.lost(id);
        }
        if (line.isRelayed) continue;
        sockets -= 1;
        characters -= text.length;
      }
    }
    closings.forEach((closing) => this.close(closing));
  }

  /** One text, at once; a socket that cannot take it says so by its end. */
  send(id: string, text: string): void {
    const line = this.open.get(id);
    if (line) this.tell(id, line, text);
  }

  /**
   * False where it failed, or did not keep up and is closed. No engine tells how much waits in a socket, so
   * what was told to it is counted until it is heard again.
   */
  private tell(id: string, line: Line, text: string): boolean {
    line.unheard += text.length;
    if (line.unheard > UNHEARD_CHARACTERS && this.now() - line.heardAt > UNHEARD_MS) {
      this.close({ connection: id, code: 4408, reason: "slow_consumer" });
      return false;
    }
    try {
      line.connection.send(text);
      return true;
    } catch {
      return false;
    }
  }

  close({ connection, code, reason }: Closing): void {
    closeQuietly(this.open.get(connection)?.connection, code, reason);
    this.open.delete(connection);
  }

  private lineOf(connection: Connection): Line {
    return {
      connection,
      isRelayed: connection.isRelayed === true,
      unheard: 0,
      heardAt: this.now(),
    };
  }
}

export function closeQuietly(
  connection: { close(code?: number, reason?: string): void } | undefined,
  code?: number,
  reason?: string,
): void {
  try {
    connection?.close(code, reason);
  } catch {
    // It is closed already.
  }
}
