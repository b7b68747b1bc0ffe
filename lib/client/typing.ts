import { TYPING_EXPIRES_MS, TYPING_SEND_INTERVAL_MS, type ClientFrame } from "../protocol";
import type { ClientDeps } from "./deps";

/** Somebody who stopped in the middle of a word does not type any more. */
const IDLE_MS = TYPING_EXPIRES_MS - 1_000;

/** "I am typing": told at most every two seconds, taken back when it is over. */
export function createTyping(
  deps: Pick<ClientDeps, "now" | "setTimeout" | "clearTimeout">,
  send: (frame: ClientFrame) => boolean,
) {
  /** The party takes us for somebody who types. */
  let told = false;
  /** Kept over "not typing": many short messages are no reason to tell more often. */
  let toldAt = -Infinity;
  let idle: unknown;
  let later: unknown;

  function set(on: boolean): void {
    deps.clearTimeout(idle);
    deps.clearTimeout(later);
    if (!on) {
      if (told) send({ type: "typing.set", on: false });
      told = false;
      return;
    }
    idle = deps.setTimeout(() => set(false), IDLE_MS);
    const wait = toldAt + TYPING_SEND_INTERVAL_MS - deps.now();
    if (wait <= 0) tell();
    else if (!told) later = deps.setTimeout(tell, wait);
  }

  function tell(): void {
    if (!send({ type: "typing.set", on: true })) return;
    told = true;
    toldAt = deps.now();
  }

  /** A new connection has typed nothing. */
  function forget(): void {
    deps.clearTimeout(idle);
    deps.clearTimeout(later);
    told = false;
    toldAt = -Infinity;
  }
  return { set, forget };
}
