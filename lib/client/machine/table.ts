import type { ServerFrame } from "../../protocol";
import {
  afterClose,
  attempt,
  attemptAnew,
  attemptUnlessOffline,
  backOff,
  dial,
  noteHint,
  refuseToken,
  restart,
  stopWith,
  waitUntil,
} from "./attempts";
import { enter, type Draft } from "./draft";
import {
  checkNow,
  enterGrace,
  expired,
  giveUpSocket,
  heartbeat,
  present,
  refreshed,
  refreshRefused,
  renew,
  welcomed,
} from "./lease";
import type { MachineEvent, StateName, TimerName } from "./types";

/** An event as the table names it: a frame by its type, a timer by its name. */
export type Row =
  | Exclude<MachineEvent["type"], "frame" | "timer">
  | `frame ${ServerFrame["type"]}`
  | `timer ${TimerName}`;

type FrameRow<R> = R extends `frame ${infer T}` ? Extract<ServerFrame, { type: T }> : never;
type Payload<R extends Row> = R extends `frame ${string}`
  ? { frame: FrameRow<R>; late: boolean }
  : R extends `timer ${string}`
    ? { late: boolean }
    : Extract<MachineEvent, { type: R }>;
type Cells = { readonly [R in Row]?: (d: Draft, event: Payload<R>) => void };

/** A page that flips between tabs does not dial with every flip. */
const WAKE_ATTEMPT_MS = 5_000;

const stop = (d: Draft) => enter(d, "closed");
const start: Cells["start"] = (d, { offline }) => {
  d.s.offline = offline;
  restart(d);
  attemptUnlessOffline(d);
};
/** A person's "now" outweighs what the browser says about the network, not what a server asked for. */
const dialNow = (d: Draft) => {
  if (d.s.retryAt !== null && d.now < d.s.retryAt) return;
  restart(d);
  attempt(d);
};
const noteOnline = (d: Draft) => {
  d.s.offline = false;
};
const noteOffline = (d: Draft) => {
  d.s.offline = true;
};
const signOut = (d: Draft) => enter(d, "signed_out");

const ANYWHERE: Cells = {
  stop,
  online: noteOnline,
  offline: noteOffline,
  signedOutElsewhere: signOut,
};

/** Where something runs in the name of a login session. */
const ALIVE: Cells = { ...ANYWHERE, signedIn: attemptAnew };

/** While there is no connection. */
const DOWN: Cells = {
  ...ALIVE,
  "timer suspend": (d) => {
    d.s.suspended = true;
  },
};

/** While a socket is open and said `welcome`. */
const UP: Cells = {
  ...ALIVE,
  closed: (d, { code, crowd = 0 }) => {
    d.s.socket = null;
    d.s.crowd = crowd;
    afterClose(d, code);
  },
  token: (d, { answer }) => {
    d.s.request = null;
    present(d, answer);
  },
  "frame auth.refreshed": (d, { frame }) => refreshed(d, frame),
  "frame auth.expiring": (d) => {
    if (d.s.timers.refresh === undefined || d.s.refreshAttempt === 0) renew(d);
  },
  "frame auth.expired": (d, { frame }) => expired(d, frame.graceMs),
  "frame drain": (d, { frame }) => noteHint(d, frame),
  "frame auth.revoked": (d, { frame }) => noteHint(d, frame),
  "timer refresh": renew,
  "timer answer": giveUpSocket,
};

/**
 * The machine: states down, events across. What is not in the table is ignored in that state, so
 * a late answer or a second click can do nothing. Deadlines that have passed are done before the
 * table is asked (see transition.ts).
 */
export const TABLE: { readonly [S in StateName]: Cells } = {
  initialized: { stop, start, online: noteOnline, offline: noteOffline },

  token: {
    ...DOWN,
    token: (d, { answer }) => {
      d.s.request = null;
      if (refuseToken(d, answer)) return;
      if (answer.kind === "token") dial(d, answer.token);
      else backOff(d);
    },
  },

  dialing: {
    ...DOWN,
    closed: (d, { code, crowd = 0 }) => {
      d.s.socket = null;
      d.s.crowd = crowd;
      afterClose(d, code);
    },
    foreign: (d) => stopWith(d, "protocol_version"),
    stranger: (d) => stopWith(d, "other_person"),
    "frame welcome": (d, { frame }) => welcomed(d, frame),
    "frame error": (d, { frame }) => noteHint(d, frame),
    "frame drain": (d, { frame }) => noteHint(d, frame),
    "frame auth.revoked": (d, { frame }) => noteHint(d, frame),
    "timer welcome": giveUpSocket,
  },

  connected: {
    ...UP,
    wake: checkNow,
    online: (d) => {
      noteOnline(d);
      checkNow(d);
    },
    // The browser may be wrong, or speak of another network: the party is asked.
    offline: (d) => {
      noteOffline(d);
      checkNow(d);
    },
    tryNow: checkNow,
    "frame error": (d, { frame }) => {
      noteHint(d, frame);
      if (frame.id !== undefined && frame.id === d.s.presented?.id) refreshRefused(d, frame);
      else if (frame.code === "auth_expired") enterGrace(d, d.now + d.s.graceMs);
    },
    "timer ping": (d, { late }) => heartbeat(d, late),
    // After a sleep the answer may lie unread behind this timer: ask again instead of judging.
    "timer pong": (d, { late }) => {
      if (!late) return giveUpSocket(d);
      d.s.ping = null;
      checkNow(d);
    },
  },

  grace: {
    ...UP,
    wake: renew,
    online: (d) => {
      noteOnline(d);
      renew(d);
    },
    tryNow: renew,
    "frame error": (d, { frame }) => {
      noteHint(d, frame);
      if (frame.id !== undefined && frame.id === d.s.presented?.id) refreshRefused(d, frame);
    },
  },

  waiting: {
    ...DOWN,
    online: (d) => {
      noteOnline(d);
      attempt(d);
    },
    offline: (d) => {
      noteOffline(d);
      waitUntil(d, d.now);
    },
    wake: (d) => {
      if (d.s.offline || d.now - d.s.attemptedAt < WAKE_ATTEMPT_MS) return;
      attempt(d);
    },
    tryNow: (d) => {
      if (d.now >= d.s.blockedUntil) attempt(d);
    },
    "timer retry": attempt,
  },

  signed_out: {
    ...ANYWHERE,
    start,
    tryNow: dialNow,
    signedOutElsewhere: () => {},
    signedIn: dialNow,
  },
  failed: {
    ...ANYWHERE,
    start,
    tryNow: dialNow,
    // Perhaps as the person for whom this page was drawn.
    signedIn: (d) => {
      if (d.s.stopReason === "other_person") dialNow(d);
    },
    // Who was kicked waits for a time after which the door would be closed.
    banned: (d) => {
      if (d.s.stopReason === "kicked") stopWith(d, "forbidden");
    },
  },
  closed: { ...ANYWHERE, start, tryNow: dialNow, signedOutElsewhere: () => {} },
};
