import "server-only";
import { after } from "next/server";
import { logEvent } from "../api/log";
import { serverEnv } from "../env/server";
import { count } from "../observe/metrics";
import { longestHoldMs } from "../token/hold";

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 15_000;
/** Rooms that are waited for at the same time, so that a party that is gone costs no memory. */
const MAX_WAITING = 1_000;

let waiting = 0;

/**
 * Goes on telling rooms what they did not confirm, after the answer has been sent and with growing
 * waits, until each has, or until it no longer matters: what was open then has ended by itself.
 * `tell` says whether its room needs no other try; it never rejects.
 *
 * Lasts as long as this process: a function that is frozen after its answer, or a restart, gives it
 * up, and the leases end by themselves. So are rooms past what is waited for at once; the log says
 * how many.
 */
export function insist(
  event: string,
  rooms: readonly string[],
  tell: (room: string) => Promise<boolean>,
): void {
  if (rooms.length === 0) return;
  count("guestlist_revocations_total", { outcome: "unconfirmed" }, rooms.length);
  logEvent(`${event}_unconfirmed`, { rooms: rooms.length });
  const taken = rooms.slice(0, Math.max(0, MAX_WAITING - waiting));
  waiting += taken.length;
  if (taken.length < rooms.length) {
    count("guestlist_revocations_total", { outcome: "given_up" }, rooms.length - taken.length);
    logEvent(`${event}_not_insisted`, { rooms: rooms.length - taken.length });
  }
  const until = Date.now() + longestHoldMs(serverEnv());
  inBackground(() =>
    Promise.all(
      taken.map(async (room) => {
        const tries = await tellUntilHeard(() => tell(room), until);
        waiting--;
        const outcome = tries === null ? "given_up" : "told_late";
        count("guestlist_revocations_total", { outcome });
        logEvent(tries === null ? `${event}_given_up` : `${event}_confirmed_late`, {
          room,
          ...(tries !== null && { tries }),
        });
      }),
    ),
  );
}

/** The number of tries it took, or null where `until` came first. Full jitter, as all who wait do. */
async function tellUntilHeard(tell: () => Promise<boolean>, until: number): Promise<number | null> {
  for (let tries = 1; ; tries++) {
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), MAX_WAIT_MS);
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)));
    if (Date.now() >= until) return null;
    if (await tell()) return tries;
  }
}

function inBackground(work: () => Promise<unknown>): void {
  try {
    // Keeps a serverless function awake for it, where the platform can.
    after(work);
  } catch {
    // Outside of a request there is nothing to come after.
    void work();
  }
}
