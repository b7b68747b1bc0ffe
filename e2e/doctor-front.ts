import http, { type IncomingMessage } from "node:http";
import net, { type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";

export interface Answer {
  status: number;
  headers: http.OutgoingHttpHeaders;
  body: string | Buffer;
}

/** What the proxy does to what passes it; nothing, unless it is said. */
export interface Twist {
  /** Cuts every connection. */
  dead?: boolean;
  /** Answers in place of the one behind, or not. */
  instead?: (request: IncomingMessage) => Partial<Answer> | undefined;
  /** Changes an answer on its way back. */
  back?: (answer: Answer, request: IncomingMessage) => void | Promise<void>;
  /** Changes the headers of a dial. */
  dial?: (headers: http.IncomingHttpHeaders) => void;
  /** Lets in whom the one behind refuses with this status. */
  letIn?: number;
}

/**
 * A proxy on this machine, as a host or a person in a hurry may put one before app or party: it
 * can spoil one thing at a time.
 */
export async function startFront() {
  const state = { port: 0, twist: {} as Twist };
  const sockets = new Set<Duplex>();
  const server = http.createServer(async (request, response) => {
    const { twist } = state;
    if (twist.dead) return request.socket.destroy();
    const own = twist.instead?.(request);
    const answer = own
      ? { status: 200, headers: {}, body: "", ...own }
      : await pass(request, state.port);
    if (!answer) return request.socket.destroy();
    await twist.back?.(answer, request);
    delete answer.headers["content-length"];
    delete answer.headers["transfer-encoding"];
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => {});
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    const { twist } = state;
    const own = twist.instead?.(request);
    if (twist.dead) return socket.destroy();
    if (own) return socket.end(`HTTP/1.1 ${own.status} Refused\r\nContent-Length: 0\r\n\r\n`);
    passSocket(request, { socket, head, port: state.port, twist });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    url: `http://localhost:${port}`,
    /** Leads to another port. */
    leadTo: (to: number) => (state.port = to),
    twist: (twist: Twist) => (state.twist = twist),
    stop: () => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(request: IncomingMessage, port: number): Promise<Answer | null> {
  const { method, url, headers } = request;
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port, method, path: url, headers };
    const onward = http.request(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: { ...response.headers },
          body: Buffer.concat(parts),
        }),
      );
    });
    onward.on("error", () => resolve(null));
    request.pipe(onward);
  });
}

function passSocket(
  request: IncomingMessage,
  { socket, head, port, twist }: { socket: Duplex; head: Buffer; port: number; twist: Twist },
) {
  const headers = { ...request.headers };
  twist.dial?.(headers);
  const onward = net.connect(port, "127.0.0.1", () => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    onward.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("")}\r\n`);
    onward.write(head);
  });
  onward.on("error", () => socket.destroy());
  onward.once("data", (first: Buffer) => {
    const status = Number(first.toString("latin1").split(" ")[1]);
    if (status === twist.letIn) {
      onward.destroy();
      new WebSocketServer({ noServer: true }).handleUpgrade(request, socket, head, (opened) =>
        opened.send('{"type":"welcome"}'),
      );
      return;
    }
    socket.write(first);
    onward.pipe(socket);
    socket.pipe(onward);
  });
  socket.on("close", () => onward.destroy());
}
