import "server-only";
import type { Client } from "@libsql/client";
import { serverEnv } from "../env/server";
import { createAccountLife } from "./account-life";
import { createBans } from "./bans";
import { opener } from "./opener";
import { createErasures } from "./erasures";
import { createHidden } from "./hidden";
import { createInvites } from "./invites";
import { createMints, createThrottle } from "./ledger";
import { createPeople } from "./people";
import type { Accounts } from "./port";
import { createRoomLog } from "./room-log";
import { createRooms } from "./rooms";
import { createSessions } from "./sessions";
import { createStore, type Store } from "./store";

/** The accounts kept in one libSQL database. */
export function accountsOn(store: Store): Accounts {
  return {
    people: { ...createPeople(store), ...createAccountLife(store) },
    sessions: createSessions(store),
    rooms: createRooms(store),
    bans: createBans(store),
    invites: createInvites(store),
    hidden: createHidden(store),
    roomLog: createRoomLog(store),
    erasures: createErasures(store),
    mints: createMints(store),
    throttle: createThrottle(store),
    async check(now) {
      await store.write(
        `INSERT INTO health (id, checked_at) VALUES (1, ?)
         ON CONFLICT (id) DO UPDATE SET checked_at = excluded.checked_at`,
        now,
      );
      await store.row("SELECT checked_at FROM health WHERE id = 1");
    },
  };
}

/** Accounts on an open client, for tests and scripts. */
export const createAccounts = (client: Client): Accounts =>
  accountsOn(createStore(() => Promise.resolve(client)));

// Kept on the process: hot reload evaluates this file again and must not open a second database.
const shared = globalThis as { guestlistAccounts?: Accounts };

/** The app's accounts, opened at first use; a failed opening is tried again by the next call. */
export function getAccounts(): Accounts {
  return (shared.guestlistAccounts ??= accountsOn(createStore(opener(() => serverEnv().database))));
}
