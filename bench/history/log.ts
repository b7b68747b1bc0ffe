import type { ErrorCode } from "../../lib/protocol/codes";

/**
 * The log of a run: what every page asked for and heard, what was done to the world, and what the
 * room says it holds in the end. One JSON object per line, in the order in which it happened.
 */
export type Line = Written & Where;

export interface Where {
  /** Milliseconds since the run began, on one clock that only goes forward. */
  t: number;
  /** A page: a tab's life between two loads (`ada/hall/1#3`). `world` and `truth` are no pages. */
  client: string;
  user: string;
  room: string;
}

/** Whom a token names, and where it opens. */
export interface Grant {
  user: string;
  sid: string;
  room: string;
  jti: string;
}

/** A message as somebody was told of it. */
export interface Told {
  cid: string;
  seq: number;
  epoch: string;
  text: string;
  author: string;
  /** When the room stored it, milliseconds since the Unix epoch on the party's clock. */
  ts: number;
}

type OnSocket = { socket: number };

/** `at`, `ts` and `until` are milliseconds since the Unix epoch on the party's clock. */
export type Written =
  /** The person has pressed Send, and the client has taken it. */
  | { ev: "say"; cid: string; text: string }
  | ({ ev: "dial"; grant: Grant; epoch?: string; after?: number } & OnSocket)
  /** Welcomed. `until`: the end of the lease. */
  | ({
      ev: "conn";
      epoch: string;
      seq: number;
      recovered: boolean;
      as: string;
      into: string;
      at: number;
      until: number;
    } & OnSocket)
  /** The frame has left; also when it leaves once more under the same id. */
  | ({ ev: "send"; cid: string; text: string } & OnSocket)
  | ({ ev: "edit"; cid: string; seq: number; text: string } & OnSocket)
  /** Somebody was told of an edit as it happened. */
  | ({ ev: "changed"; seq: number; epoch: string; text: string } & OnSocket)
  | ({ ev: "ack"; cid: string; seq: number; ts: number } & OnSocket)
  | ({ ev: "nack"; cid: string; code: ErrorCode } & OnSocket)
  /** `live` as it happened; `welcome` and `missed` after an absence; `asked` by `history.get`. */
  | ({ ev: "recv"; via: "live" | "welcome" | "missed" | "asked" } & Told & OnSocket)
  /** A fresh page instead of what was missed. */
  | ({ ev: "reset"; epoch: string; seq: number } & OnSocket)
  /** The lease has ended; nothing but a renewal is due. */
  | ({ ev: "expired" } & OnSocket)
  /** Renewed; `until` is never too early. */
  | ({ ev: "lease"; until: number } & OnSocket)
  | ({ ev: "close"; code: number } & OnSocket)
  /** The page is gone: `reload` keeps what the tab had queued, `closed` does not. */
  | { ev: "left"; how: "reload" | "closed" }
  | { ev: "fault"; kind: string; detail?: Record<string, unknown> }
  /** The history of this epoch was cleared; what it held is told by `truth` lines before this one. */
  | { ev: "cleared"; epoch: string }
  /** The engine has put the room to sleep with so many sockets open, and it has woken. */
  | { ev: "woke"; connections: number }
  /** The party has confirmed that a login session is over. */
  | { ev: "revoked"; sid: string; at: number }
  /** At the end, per page: the connection, the people shown, each message shown. */
  | { ev: "page"; phase: string; sid: string; over: boolean }
  | { ev: "shown"; people: Record<string, number> }
  | {
      ev: "view";
      cid: string;
      seq?: number;
      text: string;
      state: "pending" | "sent" | "failed";
      author: string;
    }
  /** At the end, and before a clear, per message: the full history as one fresh reader loads it. */
  | ({ ev: "truth" } & Told)
  /** Likewise: the room's own count. */
  | { ev: "room"; epoch: string; seq: number; people: number; connections: number };

export type LineOf<E extends Line["ev"]> = Extract<Line, { ev: E }>;

/** Message ids are unique per person. */
export const keyOf = (user: string, cid: string): string => `${user} ${cid}`;
