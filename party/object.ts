import { closeRule } from "../lib/protocol/codes";
import type { Connection, Engine } from "./engine";
import { unseal } from "./handover";
import { Relay } from "./relay";
import { Room } from "./room";
import { settingsOf } from "./settings";
import { closeQuietly } from "./sockets";
import { Trunks } from "./trunks";

/**
 * Kept with a socket that is somebody's only as long as memory says whose: a trunk, and a client's at
 * its relay. One that outlives that memory is closed.
 */
const PASSING = { passing: true } as const;

type Message = string | ArrayBuffer | ArrayBufferView;

/** An object of the party: a room, or a relay before one. The gate says which to whom it lets in. */
export class PartyObject {
  private readonly room: Room;
  private readonly trunks: Trunks;
  private readonly relay: Relay;
  private hasLooked = false;

  constructor(private readonly engine: Engine) {
    this.room = new Room({ ...engine, connections: () => this.people() });
    this.trunks = new Trunks(this.room);
    this.relay = new Relay(engine.dial);
  }

  async onConnect(
    connection: Connection,
    request: { headers: { get(name: string): string | null } },
  ): Promise<void> {
    this.closeForgotten();
    const handover = unseal(request.headers);
    if (!handover) return closeQuietly(connection, 4403, "forbidden");
    if (handover.relay === undefined && !handover.trunk) {
      return this.room.onConnect(connection, handover);
    }
    connection.setState(PASSING);
    if (handover.trunk) this.trunks.onConnect(connection, handover.room);
    else await this.relay.onConnect(connection, handover);
  }

  onMessage(connection: Connection, message: Message) {
    return this.whose(connection)?.onMessage(connection.id, message);
  }

  onEnd(connection: Connection) {
    return this.whose(connection)?.onEnd(connection.id);
  }

  onAlarm() {
    this.closeForgotten();
    return this.room.onAlarm();
  }

  onRequest(req: Request) {
    this.closeForgotten();
    return this.room.onRequest(req);
  }

  private whose(connection: Connection): Room | Trunks | Relay | null {
    if (!this.hasRelays) return this.room;
    this.closeForgotten();
    if (this.trunks.has(connection.id)) return this.trunks;
    if (this.relay.has(connection.id)) return this.relay;
    return isPassing(connection) ? null : this.room;
  }

  private get hasRelays(): boolean {
    return (settingsOf(this.engine.env)?.relays ?? 0) > 0;
  }

  private people(): Iterable<Connection> {
    const all = this.engine.connections();
    return this.hasRelays ? [...all].filter((one) => !isPassing(one)) : all;
  }

  /** Once per waking, before anything else: whose sockets those are is forgotten by then. */
  private closeForgotten(): void {
    if (this.hasLooked || !this.hasRelays) return;
    this.hasLooked = true;
    for (const connection of [...this.engine.connections()].filter(isPassing)) {
      closeQuietly(connection, 1012, closeRule(1012).name);
    }
  }
}

const isPassing = ({ state }: Connection): boolean =>
  typeof state === "object" && state !== null && "passing" in state;
