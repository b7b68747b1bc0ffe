import { routePartykitRequest, Server, type Connection, type ConnectionContext } from "partyserver";
import { refusal } from "./answers";
import { beforeConnect } from "./gate";
import { unseal } from "./handover";
import { health } from "./health";
import { beforeRequest } from "./http-gate";
import { logFault } from "./log";
import { PartyObject } from "./object";
import { objectName } from "./placing";

type Bindings = Record<string, unknown> & { Main: DurableObjectNamespace<Main> };

/** The room on one's own Cloudflare account, a Durable Object of `wrangler.json`. */
export class Main extends Server<Bindings> {
  static override options = { hibernate: true };

  private readonly object = new PartyObject({
    env: this.env,
    storage: this.ctx.storage,
    connections: () => this.getConnections(),
    dial: (request) => toObject(request, this.env),
  });

  /**
   * partyserver reads and writes storage of its own before it asks us, and answers what fails there
   * with a stack: so that is done first, where nobody sees it.
   */
  override async fetch(req: Request): Promise<Response> {
    try {
      const handover = unseal(req.headers);
      if (!handover) return refusal("forbidden");
      await this.setName(objectName(handover));
    } catch (error) {
      logFault("room_failed", error);
      return refusal("unavailable");
    }
    return super.fetch(req);
  }

  override onConnect(connection: Connection, { request }: ConnectionContext) {
    return this.object.onConnect(connection, request);
  }

  override onMessage(connection: Connection, message: string | ArrayBuffer | ArrayBufferView) {
    return this.object.onMessage(connection, message);
  }

  override onClose(connection: Connection) {
    return this.object.onEnd(connection);
  }

  override onError(connection: Connection) {
    return this.object.onEnd(connection);
  }

  override onAlarm() {
    return this.object.onAlarm();
  }

  override onRequest(req: Request) {
    return this.object.onRequest(req);
  }
}

/** A token is spent by the first try; who is refused comes back with another. */
const toObject = (request: Request, env: Bindings) =>
  routePartykitRequest(request, env, { routingRetry: false });

/**
 * The gate stands before partyserver's router, not in its hooks: those let a request through that
 * they return nothing for, and the router logs the whole address of what it does not know.
 */
export default {
  async fetch(req: Request, env: Bindings): Promise<Response> {
    if (!new URL(req.url).pathname.startsWith("/parties/")) return health(req, env);
    const isSocket = req.headers.get("Upgrade")?.toLowerCase() === "websocket";
    const dial = (request: Request) => toObject(request, env);
    const admitted = await (isSocket ? beforeConnect : beforeRequest)(req, env, dial);
    if (admitted instanceof Response) return admitted;
    try {
      return (await dial(admitted)) ?? refusal("not_found");
    } catch (error) {
      logFault("room_failed", error);
      return refusal("unavailable");
    }
  },
};
