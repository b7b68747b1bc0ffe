import { createServer } from "vite";
import { WebSocket } from "ws";
import { ROOT } from "../../scripts/lib/config.mjs";

/**
 * The page's own client (lib/client) without a page: the same machine, the same outbox, on Node's
 * clock and sockets. Measured are the decisions of the real thing, not of an imitation.
 */
export async function loadRoomClient() {
  const vite = await createServer({
    root: ROOT,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  const { createRoomClient } = await vite.ssrLoadModule("/lib/client/create.ts");
  return { createRoomClient, close: () => vite.close() };
}

/**
 * What a client takes from the world. `note` hears of each token request
 * (`{kind: "token", at, ms, use, status}`) and dial (`{kind: "dial", at}`), times on
 * `performance.now()`.
 */
export function nodeDeps({ url, headers, note }) {
  let ids = 0;
  return {
    now: () => performance.now(),
    wallNow: () => Date.now(),
    random: Math.random,
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle),
    async fetch(path, init) {
      const at = performance.now();
      const { use } = JSON.parse(init.body);
      const answered = (status) =>
        note({ kind: "token", at, ms: performance.now() - at, use, status });
      try {
        const response = await fetch(`${url}${path}`, {
          ...init,
          headers: { ...init.headers, ...headers },
        });
        answered(response.status);
        return response;
      } catch (error) {
        answered(0);
        throw error;
      }
    },
    openSocket: (address, handlers) => openSocket(address, handlers, { origin: url, note }),
    environment: {
      online: () => true,
      visible: () => true,
      subscribe: () => () => {},
      onAccount: () => () => {},
    },
    storage: null,
    newId: () => `bench-${++ids}`,
  };
}

function openSocket({ partyHost, room, token, resume }, handlers, { origin, note }) {
  note({ kind: "dial", at: performance.now() });
  const query = new URLSearchParams({ token, ...resume });
  const socket = new WebSocket(`ws://${partyHost}/parties/main/${room}?${query}`, { origin });
  let over = false;
  socket.on("message", (data) => over || handlers.onMessage(String(data)));
  socket.on("error", () => {});
  socket.on("close", (code) => {
    if (over) return;
    over = true;
    handlers.onClose(code);
  });
  return {
    send(text) {
      if (over || socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      over = true;
      socket.close(1000);
    },
  };
}
