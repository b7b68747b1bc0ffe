import type { ErrorCode, ServerFrame } from "../../protocol";
import type { ClientFrame } from "../../protocol";
import type { StopReason } from "../types";
import type { TokenAnswer } from "../token-request";

/** The states of the machine. The page sees fewer of them (`Phase`), derived in view.ts. */
export type StateName =
  | "initialized"
  /** A token for the next dial is being fetched. */
  | "token"
  /** The socket was dialled and has not said `welcome` yet. */
  | "dialing"
  | "connected"
  /** The lease has ended; the socket may still present a new token. */
  | "grace"
  /** Between two attempts. */
  | "waiting"
  | "signed_out"
  | "failed"
  | "closed";

export type TimerName =
  "welcome" | "retry" | "suspend" | "refresh" | "answer" | "lease" | "grace" | "ping" | "pong";

/** What a state may hold. Entering a state lets go of everything that it does not own. */
export interface Owned {
  timers: readonly TimerName[];
  request: "connect" | "refresh" | null;
  socket: boolean;
}

const NOTHING: Owned = { timers: [], request: null, socket: false };

export const OWNED: Record<StateName, Owned> = {
  initialized: NOTHING,
  token: { timers: ["suspend"], request: "connect", socket: false },
  dialing: { timers: ["suspend", "welcome"], request: null, socket: true },
  connected: {
    timers: ["refresh", "answer", "lease", "ping", "pong"],
    request: "refresh",
    socket: true,
  },
  grace: { timers: ["refresh", "answer", "grace"], request: "refresh", socket: true },
  waiting: { timers: ["suspend", "retry"], request: null, socket: false },
  signed_out: NOTHING,
  failed: NOTHING,
  closed: NOTHING,
};

/** All times are milliseconds on a monotonic clock. */
export interface MachineState {
  readonly name: StateName;
  /** Running timers and when each is due. */
  readonly timers: Readonly<Partial<Record<TimerName, number>>>;
  readonly request: { readonly id: number; readonly use: "connect" | "refresh" } | null;
  /** The socket that is open or opening; what other sockets say is not heard. */
  readonly socket: number | null;
  /** Source of ids for requests, sockets, refreshes and pings. */
  readonly counter: number;

  /** Nothing has worked or failed since the start. */
  readonly fresh: boolean;
  /** Attempts that failed in a row. */
  readonly attempt: number;
  readonly attemptedAt: number;
  /** Connections of the room that was lost last: so many may want to come back. */
  readonly crowd: number;
  /** Fresh tokens that were refused in a row. */
  readonly refusedTokens: number;
  /** Trying for longer than two minutes. */
  readonly suspended: boolean;
  readonly offline: boolean;
  /** No token request before this time: the server's `Retry-After`, or a wait the party asked for. */
  readonly blockedUntil: number;
  /** What the party said about coming back, on this socket. */
  readonly hint: {
    readonly retryAfterMs?: number;
    readonly drainMs?: number;
    /** The login session has given way to a newer sign-in of this browser. */
    readonly replaced?: true;
  };

  /** When the newest token was presented: the lease began no earlier than that. */
  readonly presentedAt: number;
  readonly welcomedAt: number | null;
  readonly lease: { readonly startedAt: number; readonly endsAt: number } | null;
  /** The lease lasts until the login session ends: no token could prolong it. */
  readonly lastLease: boolean;
  readonly sessionEndsAt: number | null;
  readonly graceMs: number;
  readonly graceEndsAt: number | null;
  /** A token that was presented on the open socket and is not answered yet. */
  readonly presented: { readonly id: string; readonly at: number } | null;
  readonly refreshAttempt: number;
  /** Refresh tokens that the party refused in a row. */
  readonly refusedRefreshes: number;
  readonly ping: { readonly id: string; readonly wake: boolean } | null;

  readonly retryAt: number | null;
  readonly stopReason: StopReason | null;
  readonly dials: number;
  readonly refreshes: number;
}

export type MachineEvent =
  | { type: "start"; offline: boolean }
  | { type: "stop" }
  | { type: "tryNow" }
  | { type: "token"; request: number; answer: TokenAnswer }
  | { type: "frame"; socket: number; frame: ServerFrame }
  /** The party speaks a later version of the protocol than this page. */
  | { type: "foreign"; socket: number }
  /** The party welcomed somebody for whom this page was not drawn. */
  | { type: "stranger"; socket: number }
  /** `crowd`: how many connections the room held, as far as the client knows. */
  | { type: "closed"; socket: number; code: number; crowd?: number }
  | { type: "timer"; name: TimerName }
  | { type: "online" }
  | { type: "offline" }
  /** The page became visible, was restored, or the machine slept. */
  | { type: "wake" }
  | { type: "signedOutElsewhere" }
  /** In another tab, or in this page without leaving it: the cookie is a new one. */
  | { type: "signedIn" }
  /** The app says that this person may not come back. */
  | { type: "banned" };

export type Effect =
  | { type: "requestToken"; request: number; use: "connect" | "refresh" }
  | { type: "cancelToken" }
  | { type: "dial"; socket: number; token: string }
  | { type: "closeSocket" }
  | { type: "send"; frame: ClientFrame }
  | { type: "setTimer"; name: TimerName; inMs: number }
  | { type: "clearTimer"; name: TimerName }
  /** The party closed the socket because of one message in flight. */
  | { type: "failMessage"; code: ErrorCode };

export const INITIAL: MachineState = {
  name: "initialized",
  timers: {},
  request: null,
  socket: null,
  counter: 0,
  fresh: true,
  attempt: 0,
  attemptedAt: -Infinity,
  crowd: 0,
  refusedTokens: 0,
  suspended: false,
  offline: false,
  blockedUntil: -Infinity,
  hint: {},
  presentedAt: 0,
  welcomedAt: null,
  lease: null,
  lastLease: false,
  sessionEndsAt: null,
  graceMs: 0,
  graceEndsAt: null,
  presented: null,
  refreshAttempt: 0,
  refusedRefreshes: 0,
  ping: null,
  retryAt: null,
  stopReason: null,
  dials: 0,
  refreshes: 0,
};
