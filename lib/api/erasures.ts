import "server-only";
import { getAccounts } from "../accounts/libsql";
import type { Accounts, Erasure } from "../accounts/port";
import { insist } from "../party-api/insist";
import { tellForget } from "../party-api/tell-room";
import { errorName, logEvent } from "./log";

/** Rooms that are told at the same time. */
const AT_ONCE = 16;
const AT_START = 10_000;

/**
 * Tells rooms to forget people whose accounts are gone. What a room has not confirmed stays in the
 * database, is tried again in the background, and once more at each start of the app.
 */
export async function carryOutErasures(accounts: Accounts, all: readonly Erasure[]): Promise<void> {
  const silent: Erasure[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) {
    await Promise.all(
      all.slice(i, i + AT_ONCE).map(async (erasure) => {
        if (!(await carryOut(accounts, erasure))) silent.push(erasure);
      }),
    );
  }
  for (const erasure of silent) {
    insist("erasure", [erasure.room], () => carryOut(accounts, erasure));
  }
}

/** What was left over when the app stopped. Never rejects. */
export async function finishErasures(accounts = getAccounts()): Promise<void> {
  try {
    await carryOutErasures(accounts, await accounts.erasures.pending(AT_START));
  } catch (error) {
    logEvent("erasures_unfinished", { error: errorName(error) });
  }
}

/** Done twice it does no harm: where the database cannot be told so, it is asked for again. */
async function carryOut(accounts: Accounts, { room, userId, how }: Erasure): Promise<boolean> {
  if (!(await tellForget(room, userId, how))) return false;
  const done = accounts.erasures.done(room, userId);
  return done.then(
    () => true,
    () => false,
  );
}
