import { closeQuietly } from "./sockets";

/** Codes that a peer reports but nobody may send (RFC 6455 section 7.4.1). */
const UNSENDABLE = new Set([1005, 1006, 1015]);

/**
 * Joins the room's socket to one of the gate's own. On the runtime alone a socket that a hibernating
 * room closes keeps its TCP connection until the room is evicted, some ten seconds later, and a
 * client that waits for the end of the closing handshake hears of the close only then. A socket that
 * belongs to the gate ends at once. Deployed, the platform's edge does this, and nothing stands between.
 */
export function loopback(inner: WebSocket): Response {
  const { 0: client, 1: outer } = new WebSocketPair();
  inner.accept();
  outer.accept();
  pass(inner, outer);
  pass(outer, inner);
  return new Response(null, { status: 101, webSocket: client });
}

function pass(from: WebSocket, to: WebSocket): void {
  // A newer engine would give bytes as a Blob, which cannot be sent on.
  from.binaryType = "arraybuffer";
  from.addEventListener("message", ({ data }) => {
    try {
      to.send(data);
    } catch {
      // The other side is closing; what it has not read it will not read.
    }
  });
  from.addEventListener("close", ({ code, reason }) => {
    const sendable = UNSENDABLE.has(code) ? undefined : code;
    closeQuietly(to, sendable ?? 1001, sendable ? reason : "going_away");
    closeQuietly(from, sendable ?? 1001, sendable ? reason : "going_away");
  });
  from.addEventListener("error", () => {
    closeQuietly(to, 1011, "internal_error");
  });
}
