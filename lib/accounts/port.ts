import type { Bans, Erasures, Hidden, Invites, RoomLog, RoomStore } from "./room-port";

/**
 * What the app keeps about people, sessions and rooms, as a port: libsql.ts is its one adapter.
 * Every method may reject with `AccountsUnavailable`; nothing else of the database comes through.
 * Times are milliseconds since the Unix epoch and always arguments.
 */

export interface Person {
  id: string;
  email: string;
  name: string;
  picture: string | null;
  /** PHC string of argon2id; null for people who only ever signed in through a provider. */
  passwordHash: string | null;
  admin: boolean;
  disabledAt: number | null;
  createdAt: number;
}

export interface Session {
  /** The `sid` of tokens. */
  id: string;
  userId: string;
  createdAt: number;
  lastSeenAt: number;
  /** The absolute end; no activity moves it. */
  expiresAt: number;
  revokedAt: number | null;
  /** The browser's User-Agent, cut to 256 characters, for the list in settings. */
  device: string;
}

export type * from "./room-port";

/** The state of one throttle, as lib/auth/throttle.ts defines it. Milliseconds since the epoch. */
export interface ThrottleState {
  count: number;
  since: number;
  blockedUntil: number;
}

/** A room in which a login session may hold a lease, or a token for one. */
export interface HeldLease {
  sessionId: string;
  room: string;
}

export interface RemovedPerson {
  leases: HeldLease[];
  /** Who now owns a room that would have had no owner left. */
  heirs: { room: string; userId: string }[];
  /** Private rooms that nobody is a member of any more. */
  emptied: string[];
}

export class AccountsUnavailable extends Error {
  override name = "AccountsUnavailable";
}

export interface Accounts {
  people: {
    byId(id: string): Promise<Person | null>;
    /** `email` as normalised by `normaliseEmail`. */
    byEmail(email: string): Promise<Person | null>;
    create(person: Omit<Person, "admin" | "disabledAt">): Promise<"created" | "email_taken">;
    /** Stores a stronger hash of the same password, unless the password was changed meanwhile. */
    upgradePasswordHash(id: string, before: string, after: string): Promise<boolean>;
    rename(id: string, name: string): Promise<void>;
    /**
     * The next four change whose sessions live, and each in one transaction with the sessions it
     * ends; what comes back are the rooms where those may be. Null: the account is not, or no more,
     * as the caller read it, and nothing was changed.
     */
    changePassword(
      id: string,
      change: { before: string; after: string; keepSession: string },
      now: number,
    ): Promise<HeldLease[] | null>;
    disable(id: string, now: number): Promise<HeldLease[] | null>;
    /** Lets a disabled person sign in again. False where there is no such person. */
    enable(id: string): Promise<boolean>;
    /** False where there is no such person. */
    setAdmin(id: string, admin: boolean): Promise<boolean>;
    /** Deletes a person with everything the app keeps of them; rooms they own alone pass on. */
    remove(
      id: string,
      now: number,
      /** What becomes of their messages; `anonymise` and `erase` leave an erasure for each room. */
      messages?: "keep" | "anonymise" | "erase",
    ): Promise<RemovedPerson | null>;
    /** Everybody, by name: those whose name or address holds `search`, after the person `after`. */
    page(query: { search: string; after: string | null; limit: number }): Promise<Person[]>;
    /** Signs a provider's account in: the person linked to it, or a new one. Never links by email. */
    byProvider(
      account: { provider: string; providerId: string },
      fresh: Omit<Person, "admin" | "disabledAt" | "passwordHash">,
    ): Promise<Person | "email_taken">;
  };
  sessions: {
    /**
     * False, and nothing created, where the person is gone or disabled, or has another password than
     * the one that was proved (`provenHash`): a sign-in that was under way must not outrun that.
     */
    create(
      session: Omit<Session, "revokedAt" | "lastSeenAt">,
      provenHash?: string | null,
    ): Promise<boolean>;
    /** The session and its person, if it has neither ended nor been revoked and the person is enabled. */
    active(id: string, now: number): Promise<{ session: Session; person: Person } | null>;
    list(userId: string, now: number): Promise<Session[]>;
    touch(id: string, now: number): Promise<void>;
    revoke(id: string, now: number): Promise<void>;
    /** Revokes all sessions, or all of one person; and where those may hold leases. */
    revokeAll(now: number, userId?: string): Promise<{ ended: number; leases: HeldLease[] }>;
    /** Revokes all sessions of a person but the named one; gives back their ids. */
    revokeOthers(userId: string, except: string | null, now: number): Promise<string[]>;
  };
  rooms: RoomStore;
  bans: Bans;
  invites: Invites;
  hidden: Hidden;
  roomLog: RoomLog;
  erasures: Erasures;
  /** Which rooms a login session may hold leases in: written at each mint, read at revocation. */
  mints: {
    /**
     * One statement, so that a mint and a revocation cannot miss each other: either this sees the
     * revoked row and answers false, or the revocation finds this room in `rooms`.
     */
    record(sessionId: string, room: string, leaseEndsAt: number, now: number): Promise<boolean>;
    rooms(sessionId: string, now: number): Promise<string[]>;
    /** The same over all sessions of a person. */
    roomsOf(userId: string, now: number): Promise<string[]>;
    /** Who may be in a room now without being on its list. */
    strangersIn(room: string, now: number): Promise<string[]>;
    /** Every room a person of a session still remembered has ever been given a token for. */
    everIn(userId: string): Promise<string[]>;
  };
  /** Counters of the throttles: one row per key. */
  throttle: {
    get(key: string): Promise<ThrottleState | null>;
    /**
     * Compare and set: writes `next` if the row is still `before`, else writes nothing and answers
     * false. Parallel attempts cannot share one count.
     */
    swap(key: string, before: ThrottleState | null, next: ThrottleState): Promise<boolean>;
    clear(key: string): Promise<void>;
  };
  /** A write and a read that prove the database works. */
  check(now: number): Promise<void>;
}
