import type { ClientFrame } from "../protocol";
import type { ClientDeps } from "./deps";

const SEND_INTERVAL_MS = 1_000;

/** How far this person has read: only ever forwards, told at most once a second. */
export function createReadMark(
  deps: Pick<ClientDeps, "now" | "setTimeout" | "clearTimeout">,
  send: (frame: ClientFrame) => boolean,
) {
  let wanted = 0;
  let told = 0;
  let toldAt = -Infinity;
  let timer: unknown;

  function sync(): void {
    deps.clearTimeout(timer);
    if (wanted <= told) return;
    const wait = toldAt + SEND_INTERVAL_MS - deps.now();
    if (wait > 0) timer = deps.setTimeout(sync, wait);
    else if (send({ type: "read.set", seq: wanted })) {
      told = wanted;
      toldAt = deps.now();
    }
  }

  return {
    mark(seq: number) {
      wanted = Math.max(wanted, seq);
      sync();
    },
    /** What the party knows on a new connection, and what of ours is still true there. */
    welcomed(readSeq: number, sameHistory: boolean) {
      told = readSeq;
      wanted = sameHistory ? Math.max(wanted, readSeq) : readSeq;
      sync();
    },
    sync,
    stop: () => deps.clearTimeout(timer),
  };
}
