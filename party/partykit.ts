import type * as Party from "partykit/server";
import type { Connection } from "./engine";
import { beforeConnect, type Dial } from "./gate";
import { health } from "./health";
import { beforeRequest } from "./http-gate";
import { Room } from "./room";
import { closeQuietly } from "./sockets";

/** The room on PartyKit, entered through `partykit.json`: its input and output, and its quirks. */
export default class Main implements Party.Server {
  static onBeforeConnect(req: Party.Request, lobby: Party.Lobby) {
    return beforeConnect(asRequest(req), lobby.env, dialOf(lobby));
  }

  static onBeforeRequest(req: Party.Request, lobby: Party.Lobby) {
    return beforeRequest(asRequest(req), lobby.env, dialOf(lobby));
  }

  /** Every address that is no party's. */
  static onFetch(req: Party.Request, { env }: Party.FetchLobby) {
    return health(req, env);
  }

  readonly options = { hibernate: true };
  private readonly room: Room;

  constructor(room: Party.Room) {
    const { env, storage } = room;
    this.room = new Room({ env, storage, connections: () => room.getConnections() });
  }

  onConnect(connection: Party.Connection, { request }: Party.ConnectionContext) {
    return this.room.onConnect(connection as Connection, request);
  }

  onMessage(message: string | ArrayBuffer | ArrayBufferView, { id }: Party.Connection) {
    return this.room.onMessage(id, message);
  }

  onClose(connection: Party.Connection) {
    // PartyKit leaves the closing handshake to us; without it the other side waits for its end.
    if (connection.readyState === WebSocket.CLOSING) closeQuietly(connection);
    return this.room.onEnd(connection.id);
  }

  onError({ id }: Party.Connection) {
    return this.room.onEnd(id);
  }

  onAlarm() {
    return this.room.onAlarm();
  }

  onRequest(req: Party.Request) {
    return this.room.onRequest(asRequest(req));
  }
}

/** From party to party the engine asks for the rest of the path, and calls no hook. */
const dialOf =
  ({ parties }: Party.Lobby): Dial =>
  async ({ url, method, headers, body }, room) => {
    const { pathname, search } = new URL(url);
    const rest = `/${pathname.split("/")[4] ?? ""}${search}`;
    const init = { method, headers, body } as unknown as RequestInit;
    return (await parties.main?.get(room).fetch(rest, init)) as Response | undefined;
  };

/** The same object: PartyKit names the type of another release of the runtime. */
const asRequest = (req: Party.Request) => req as unknown as Request;
