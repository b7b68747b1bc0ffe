import type { Kept, RoomState } from "../lib/room/state";
import type { Connection } from "./engine";
import type { Closing, Delivery } from "./outgoing";

/**
 * The open sockets of a room. Kept as a map while awake: walking the engine's own list reads
 * every attachment each time.
 */
export class Sockets {
  private readonly open = new Map<string, Connection>();

  /** Finds the sockets that outlived an eviction; one that never got in has no attachment. */
  restore(connections: Iterable<Connection>): Kept[] {
    const kept: Kept[] = [];
    for (const connection of connections) {
      const state = connection.state as Kept | null;
      if (state === null || connection.readyState !== WebSocket.OPEN) continue;
      this.open.set(connection.id, connection);
      kept.push(state);
    }
    return kept;
  }

  add(connection: Connection): void {
    this.open.set(connection.id, connection);
  }

  remove(id: string): void {
    this.open.delete(id);
  }

  /** Writes what changed to the sockets' attachments, where it outlives hibernation. */
  attach(before: RoomState, after: RoomState): void {
    for (const [id, { kept }] of after.connections) {
      if (before.connections.get(id)?.kept !== kept) this.open.get(id)?.setState(kept);
    }
  }

  /** One dying socket must not cost the others the message: gives back those that failed. */
  send({ to, text }: Delivery): string[] {
    return to.filter((id) => {
      try {
        this.open.get(id)?.send(text);
        return false;
      } catch {
        return true;
      }
    });
  }

  close({ connection, code, reason }: Closing): void {
    closeQuietly(this.open.get(connection), code, reason);
    this.open.delete(connection);
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
