import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";

/** A key set published on this machine, which can change and fall silent. */
export async function serveKeys(keys: JWK[]) {
  const state = { keys, status: 200, asked: 0 };
  const heard = new EventEmitter();
  let held: Promise<void> | null = null;
  const server = createServer(async (_request, response) => {
    state.asked++;
    heard.emit("asked");
    await held;
    response.writeHead(state.status, { "content-type": "application/json" });
    response.end(state.status === 200 ? JSON.stringify({ keys: state.keys }) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    /** Lets whoever asks wait. `asked`: somebody does; `release`: they get their answer. */
    hold() {
      const asked = once(heard, "asked");
      let release = () => {};
      held = new Promise((resolve) => (release = resolve));
      return { asked, release };
    },
    url: `http://127.0.0.1:${port}/jwks.json`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
