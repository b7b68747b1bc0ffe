import type * as Party from "partykit/server";
import type { Connection, Dial } from "./engine";
import { beforeConnect } from "./gate";
import { health } from "./health";
import { beforeRequest } from "./http-gate";
import { PartyObject } from "./object";
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
  private readonly object: PartyObject;

  constructor(room: Party.Room) {
    const { env, storage } = room;
    this.object = new PartyObject({
      ...{ env, storage, connections: () => room.getConnections() as Iterable<Connection> },
      // Not before it is needed: PartyKit has no other parties to name while an alarm wakes it.
      dial: (request, object) => dialOf(room.context)(request, object),
    });
  }

  onConnect(connection: Party.Connection, { request }: Party.ConnectionContext) {
    return this.object.onConnect(connection as Connection, request);
  }

  onMessage(message: string | ArrayBuffer | ArrayBufferView, connection: Party.Connection) {
    return this.object.onMessage(connection as Connection, message);
  }

  onClose(connection: Party.Connection) {
    // PartyKit leaves the closing handshake to us; without it the other side waits for its end.
    if (connection.readyState === WebSocket.CLOSING) closeQuietly(connection);
    return this.object.onEnd(connection as Connection);
  }

  onError(connection: Party.Connection) {
    return this.object.onEnd(connection as Connection);
  }

  onAlarm() {
    return this.object.onAlarm();
  }

  onRequest(req: Party.Request) {
    return this.object.onRequest(asRequest(req));
  }
}

/** From party to party the engine asks for the rest of the path, and calls no hook. */
const dialOf =
  ({ parties }: Pick<Party.Lobby, "parties">): Dial =>
  async ({ url, method, headers, body }, room) => {
    const { pathname, search } = new URL(url);
    const rest = `/${pathname.split("/")[4] ?? ""}${search}`;
    const init = { method, headers, body } as unknown as RequestInit;
    return (await parties.main?.get(room).fetch(rest, init)) as Response | undefined;
  };

/** The same object: PartyKit names the type of another release of the runtime. */
const asRequest = (req: Party.Request) => req as unknown as Request;
