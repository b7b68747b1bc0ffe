import { TYPING_EXPIRES_MS, TYPING_SEND_INTERVAL_MS, type ClientFrame } from "../protocol";
import type { ClientDeps } from "./deps";

/** Somebody who stopped in the middle of a word does not type any more. */
const IDLE_MS = TYPING_EXPIRES_MS - 1_000;

/** "I am typing": told at most every two seconds, taken back when it is over. */
export function createTyping(
  deps: Pick<ClientDeps, "now" | "setTimeout" | "clearTimeout">,
  send: (frame: ClientFrame) => boolean,
) {
  let toldAt: number | null = null;
  let idle: unknown;

  function set(on: boolean): void {
    deps.clearTimeout(idle);
    if (!on) {
      if (toldAt !== null) send({ type: "typing.set", on: false });
      toldAt = null;
      return;
    }
    idle = deps.setTimeout(() => set(false), IDLE_MS);
    const now = deps.now();
    if (toldAt !== null && now - toldAt < TYPING_SEND_INTERVAL_MS) return;
    if (send({ type: "typing.set", on: true })) toldAt = now;
  }

  /** A new connection has typed nothing. */
  function forget(): void {
    deps.clearTimeout(idle);
    toldAt = null;
  }
  return { set, forget };
}
