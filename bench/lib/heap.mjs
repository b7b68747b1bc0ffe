import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { treeOf, usageOf } from "./system.mjs";

const INSPECTOR = /--inspector-addr=(\S+)/;
const ANSWERED_WITHIN_MS = 3_000;
const TRIES = 3;

/**
 * What a runtime of `partykit dev` holds once nobody's garbage is left in it: its resident bytes, and
 * those in use of the heaps of its scripts. An idle runtime collects nothing by itself, so what was
 * dialled before would be measured along.
 */
export async function heldBy({ pid }) {
  const { runtime, address } = runtimeOf(pid);
  const targets = await (await fetch(`http://${address}/json`)).json();
  let heapBytes = 0;
  for (const { webSocketDebuggerUrl } of targets) {
    heapBytes += await collectedAtLast(webSocketDebuggerUrl.replace("//localhost", "//127.0.0.1"));
  }
  return { bytes: usageOf(runtime).bytes, heapBytes };
}

function runtimeOf(root) {
  for (const pid of treeOf(root)) {
    const address = INSPECTOR.exec(commandOf(pid))?.[1];
    if (address) return { runtime: pid, address };
  }
  throw new Error("No runtime with an inspector is among the processes of this server.");
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** A heap has one inspector: who comes while the command's own still holds it may not be answered. */
async function collectedAtLast(url) {
  for (let tries = 1; ; tries++) {
    try {
      return await collected(url);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

/** Bytes in use of one heap after a full collection, which a search for all objects of a class begins with. */
async function collected(url) {
  const socket = new WebSocket(url);
  const answers = new Map();
  let context;
  let serial = 0;
  socket.on("message", (data) => {
    const { id, method, params, result, error } = JSON.parse(String(data));
    if (method === "Runtime.executionContextCreated") context ??= params.context.id;
    answers.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
    answers.delete(id);
  });
  const ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      answers.set(++serial, resolve);
      setTimeout(() => reject(new Error(`${method} was not answered`)), ANSWERED_WITHIN_MS).unref();
      socket.send(JSON.stringify({ id: serial, method, params }));
    });
  try {
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    await ask("Runtime.enable");
    const expression = "(class Nobody {}).prototype";
    const { result } = await ask("Runtime.evaluate", { contextId: context, expression });
    await ask("Runtime.queryObjects", { prototypeObjectId: result.objectId });
    return (await ask("Runtime.getHeapUsage")).usedSize;
  } finally {
    socket.terminate();
  }
}
