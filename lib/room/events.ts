import type { ClientFrame } from "../protocol/client-frames";
import type { CloseCode, ErrorCode } from "../protocol/codes";
import type { Mentionable } from "../protocol/mentions";
import type { MOD_ACTIONS, ServerFrame } from "../protocol/server-frames";
import type { Message, Role, UserRef } from "../protocol/values";

/** What a verified token says, as the room needs it. Times in milliseconds. */
export interface Pass {
  user: UserRef;
  sid: string;
  room: string;
  role: Role;
  /** Spent once; null for a token of another issuer that carries none. */
  jti: string | null;
  issuedAt: number;
  /** Until when the `jti` must be remembered. */
  presentableUntil: number;
  leaseMs: number;
  sessionEndsAt: number;
}

/** What a connection that comes back knows already. */
export interface Resume {
  epoch: string;
  after: number;
  /** The newest change it was told; missing where it does not ask for changes. */
  rev?: number | undefined;
}

/** A server's token is spent like any other; a caller with the shared key has none. */
export interface Ticket {
  jti: string;
  presentableUntil: number;
  /** On the clock of whoever mints the tokens of people too: the party's own may differ. */
  issuedAt: number;
}

export type HttpEvent = { ticket?: Ticket | undefined } &
  /** `hide`: whose messages this person does not count. */
  (
    | { type: "look"; user?: string | undefined; hide?: readonly string[] | undefined }
    /** `user`: only what this person wrote. */
    | { type: "page"; before?: number | undefined; limit: number; user?: string | undefined }
    | { type: "say"; id: string; text: string; as: UserRef }
    | { type: "revoke"; sid?: string; user?: string; reason: string }
    | { type: "role"; user: string; role: Role; name?: string | undefined }
    | { type: "rename"; user: string; name: string }
    | { type: "clear"; epoch: string }
    | ({ type: "sanction" } & Sanction)
    | ({ type: "settings"; epoch: string } & NewSettings)
    | { type: "forget"; user: string; how: "anonymise" | "erase" }
    /** The log or the reports, newest first. */
    | { type: "log"; of: "audit" | "reports"; before?: number | undefined; limit: number }
    /** `remove`: deletes the message that it is about, too. */
    | { type: "resolve"; report: number; remove?: Removal | undefined }
    /** `overMs`: over how long the connections are asked to come back. */
    | { type: "drain"; overMs: number; share: number }
  );

export type ModAction = (typeof MOD_ACTIONS)[number];

/** Who did something, as far as it is known. */
export interface Doer {
  id: string;
  name?: string | undefined;
}

/** What a moderator takes away, and why. */
export interface Removal {
  by: Doer;
  seq: number;
  reason?: string | undefined;
}

/** What a moderator or a server does to a person. */
export interface Sanction {
  action: Extract<ModAction, "kick" | "ban" | "unban" | "mute" | "unmute">;
  user: string;
  seconds?: number | undefined;
  reason?: string | undefined;
  by?: Doer | undefined;
}

export interface NewSettings {
  slowSeconds?: number | undefined;
  retentionDays?: number | null | undefined;
  archived?: boolean | undefined;
  gone?: true | undefined;
  /** Not kept by the room; told to those who are here. */
  name?: string | undefined;
  topic?: string | null | undefined;
}

/** Everything that can happen to a room. `share` is a random number in [0, 1). */
export type RoomEvent =
  | {
      type: "join";
      connection: string;
      pass: Pass;
      resume?: Resume | undefined;
      share: number;
    }
  | { type: "frame"; connection: string; frame: ClientFrame }
  | {
      type: "unreadable";
      connection: string;
      code: "bad_request" | "too_large" | "binary";
      id?: string | undefined;
    }
  | {
      type: "refresh";
      connection: string;
      id: string;
      presented:
        | { ok: true; pass: Pass }
        | { ok: false; code: "unauthorized" | "token_expired" | "unavailable" };
      share: number;
    }
  | { type: "leave"; connection: string }
  | { type: "tick" }
  | HttpEvent;

/** A range of stored messages, by sequence number, both ends included. */
export interface PageRead {
  from: number;
  to: number;
}

/** The changes after `after` up to `to`, of messages up to `upToSeq`. */
export interface ChangesRead {
  after: number;
  to: number;
  upToSeq: number;
}

export interface ListRead {
  prefix: "audit/" | "report/";
  from: number;
  to: number;
}

/** What a step needs from storage. Looked up by the adapter, handed in as `Found`. */
export interface Reads {
  keys: string[];
  page?: PageRead | undefined;
  changes?: ChangesRead | undefined;
  /** Entries of a numbered list, by number, both ends included. */
  list?: ListRead | undefined;
  /** Prefixes under which people are filed who may be meant by a text. */
  named?: string[];
  /** The prefix of somebody's marks; the newest `MAX_MARKS` are wanted. */
  marks?: string | undefined;
  /** Ask for keys of spent tokens that may be forgotten. */
  stale?: boolean;
}

export interface Found {
  values: ReadonlyMap<string, unknown>;
  /** Ascending by `seq`. */
  page: readonly Message[];
  /** The messages that the asked changes concern, as they are now, each once. */
  changed: readonly Message[];
  /** Ascending by number. */
  listed: readonly unknown[];
  named: readonly Mentionable[];
  /** Keys. */
  marks: readonly string[];
  stale: readonly string[];
}

export type Effect =
  /** `late`: it may come after what everybody is told, whatever that is. */
  | { type: "send"; to: readonly string[]; frames: readonly ServerFrame[]; late?: true }
  | { type: "close"; connection: string; code: CloseCode; reason: string }
  | { type: "count"; what: "messages" | "refreshes" | "rate_hits" }
  | { type: "refused"; reason: string; user?: string };

/** What must be durable before any effect is carried out: all of it or nothing. */
export interface Writes {
  put: ReadonlyMap<string, unknown>;
  delete: ReadonlySet<string>;
  /** Everything under these prefixes is garbage; it may go later and bit by bit. */
  dropPrefixes: readonly string[];
}

export type Answer =
  | { ok: true; body: Record<string, unknown> }
  | { ok: false; code: ErrorCode; retryAfterMs?: number };
