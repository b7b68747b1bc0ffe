import type { ServerFrame } from "../../lib/protocol/server-frames";
import type { Pass } from "../../lib/room/events";
import { makeTokenKeys } from "../../scripts/lib/keys.mjs";
import type { Connection } from "../engine";
import { seal, unseal, type Handover } from "../handover";
import { PartyObject } from "../object";
import { createMemoryEngine } from "./memory-engine";

export const ENV = {
  PARTY_TOKEN_JWKS: JSON.stringify(makeTokenKeys().keySet),
  APP_ORIGINS: "http://localhost:3000",
  ROOM_RELAYS: "2",
};
let serial = 0;

/** A socket of an object, as the engine keeps it: open until either end closes it. */
export class FakeConnection implements Connection {
  readyState = 1;
  readonly told: string[] = [];
  closing: unknown[] | null = null;
  state: unknown = null;
  constructor(
    readonly id: string,
    private readonly onTold: (text: string) => void = () => undefined,
    private readonly onClosed: () => void = () => undefined,
  ) {}
  setState(state: unknown) {
    return (this.state = state);
  }
  send(text: string) {
    if (this.readyState !== 1) throw new Error("closed");
    this.told.push(text);
    this.onTold(text);
  }
  close(...how: unknown[]) {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.closing = how;
    this.onClosed();
  }
  frames() {
    return this.told.flatMap((text) => [JSON.parse(text) as ServerFrame].flat());
  }
}

/** One object of the party, as long as its memory lasts; its sockets outlive it. */
export class FakeObject {
  readonly sockets: FakeConnection[] = [];
  private object: PartyObject;
  private readonly disk = createMemoryEngine(ENV);

  constructor(private readonly dial: (request: Request) => Promise<Response | null>) {
    this.object = this.make();
  }

  /** Evicted, and woken again by whatever comes next. */
  forget(): void {
    this.object = this.make();
  }

  async open(connection: FakeConnection, handover: Handover): Promise<FakeConnection> {
    this.sockets.push(connection);
    await this.object.onConnect(connection, { headers: new Headers(seal(handover)) });
    return connection;
  }

  hear = (connection: FakeConnection, message: string) =>
    this.object.onMessage(connection, message);

  end(connection: FakeConnection) {
    connection.readyState = 3;
    return this.object.onEnd(connection);
  }

  /** The alarm that the room has set. */
  ring = () => this.object.onAlarm();

  async ask(path = ""): Promise<Record<string, unknown>> {
    const headers = new Headers(seal({ room: "general" }));
    const at = `http://party/parties/main/general${path}`;
    return (await this.object.onRequest(new Request(at, { headers }))).json() as never;
  }

  private make(): PartyObject {
    return new PartyObject({
      ...this.disk.engine,
      connections: () => this.sockets.filter(({ readyState }) => readyState === 1),
      dial: this.dial,
    });
  }
}

type Listener = (event: { data?: unknown }) => void;

/** A trunk's two ends, in one process; `cut` loses what is on its way, as a broken line does. */
export class FakeTrunk {
  readonly end: FakeConnection;
  isCut = false;
  private readonly listeners = new Map<string, Listener[]>();

  constructor(
    private readonly room: FakeObject,
    name: string,
  ) {
    this.end = new FakeConnection(
      name,
      (data) => queueMicrotask(() => this.isCut || this.emit("message", { data })),
      () => queueMicrotask(() => this.isCut || this.emit("close", {})),
    );
  }

  /** As the relay holds it. */
  socket() {
    return {
      accept: () => undefined,
      addEventListener: (type: string, listener: Listener) =>
        this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]),
      send: (text: string) => {
        if (!this.isCut) void this.room.hear(this.end, text);
      },
      close: () => {
        if (!this.isCut && this.end.readyState === 1) void this.room.end(this.end);
      },
    };
  }

  private emit(type: string, event: { data?: unknown }) {
    for (const listener of this.listeners.get(type) ?? []) listener(event);
  }
}

/** A room and a relay before it, each with the sockets that it holds. */
export function relayed() {
  const trunks: FakeTrunk[] = [];
  const line = { isReachable: true };
  const room = new FakeObject(async () => null);
  const relay = new FakeObject(async ({ headers }) => {
    if (!line.isReachable) return null;
    const trunk = new FakeTrunk(room, `trunk-${trunks.length}`);
    trunks.push(trunk);
    const handover = unseal(headers);
    if (handover) await room.open(trunk.end, handover);
    return { webSocket: trunk.socket() } as unknown as Response;
  });
  const enter = (user: string) => {
    const client = new FakeConnection(crypto.randomUUID());
    return relay.open(client, { room: "general", relay: 1, pass: passOf(user) });
  };
  const say = (client: FakeConnection, id: string) =>
    relay.hear(client, JSON.stringify({ type: "chat.send", id, text: id }));
  return { line, room, relay, trunks, enter, say };
}

export const passOf = (user: string): Pass => ({
  ...{ user: { id: user, name: user }, sid: `session-${user}`, room: "general", role: "member" },
  ...{ jti: `token-${++serial}`, issuedAt: Date.now(), presentableUntil: Date.now() + 60_000 },
  ...{ leaseMs: 300_000, sessionEndsAt: Date.now() + 86_400_000 },
});
