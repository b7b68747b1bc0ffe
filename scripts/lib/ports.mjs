import net from "node:net";
import { Stop } from "./say.mjs";

const MAX_PORT = 65_535;

const listens = (port, host) =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(error.code === "EADDRINUSE" ? "busy" : "free"));
    server.once("listening", () => server.close(() => resolve("free")));
    server.listen({ port, host, exclusive: true });
  });

const answers = (port, host) =>
  new Promise((resolve) => {
    const socket = net.connect({ port, host, timeout: 500 });
    const end = (state) => {
      socket.destroy();
      resolve(state);
    };
    socket.once("connect", () => end("busy"));
    socket.once("error", () => end("free"));
    socket.once("timeout", () => end("free"));
  });

/** Busy on either loopback address counts: a browser's `localhost` may mean both. */
export async function isFree(port) {
  const states = await Promise.all([
    listens(port, "127.0.0.1"),
    answers(port, "127.0.0.1"),
    answers(port, "::1"),
  ]);
  return states.every((state) => state === "free");
}

/**
 * Refuses a busy port by its number and the variable that changes it, and names one that would do:
 * free now, and none of `others`, which the same command wants for something else.
 */
export async function requireFree(port, variable, what, others = []) {
  if (await isFree(port)) return;
  const other = await freeAfter(port, others);
  throw new Stop(
    `Port ${port} is in use, so ${what} cannot start there. Stop the other program, or choose another port: ${variable}=${other}`,
  );
}

async function freeAfter(port, others) {
  for (let next = port + 1; next <= MAX_PORT; next++) {
    if (!others.includes(next) && (await isFree(next))) return next;
  }
  return freePort();
}

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
