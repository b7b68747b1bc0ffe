import type { ErrorCode, Message, PresentUser, Role, ServerFrameOf, UserRef } from "../protocol";
import type { Wish } from "./changes";
import type { Request, RequestResult } from "./requests";

/** What the connection is doing. The machine in connection.ts decides; the page only shows it. */
export type Phase =
  | "initialized"
  | "connecting"
  | "connected"
  | "grace"
  | "reconnecting"
  | "suspended"
  | "signed_out"
  | "failed"
  | "closed";

/** Why a connection stopped (`failed`) or waits: a closed set that the page has words for. */
export type StopReason =
  | "forbidden"
  | "no_such_room"
  | "bad_request"
  | "protocol_version"
  | "replaced"
  | "kicked"
  | "rate_limited"
  | "unauthorized"
  | "misconfigured"
  /** Somebody else has signed in in this browser since the page was drawn. */
  | "other_person"
  | "unknown";

/**
 * The connection as the page sees it. All times are milliseconds on the clock of `performance.now()`,
 * which neither jumps nor runs backwards, so a wrong local clock changes nothing.
 */
export interface ConnectionView {
  phase: Phase;
  /** A new token is being fetched or presented on the open socket. */
  refreshing: boolean;
  /** The running lease; gone when nothing is authorised. */
  lease?: { startedAt: number; endsAt: number };
  /** In `grace`: when the party will give up. */
  graceEndsAt?: number;
  /**
   * In `reconnecting` and `suspended`: when the next attempt starts.
   * In `failed` with `kicked`: when one may come back; `tryNow` does nothing before.
   */
  retryAt?: number;
  /** Somebody asked for that wait: `tryNow` does nothing before `retryAt`. */
  held?: true;
  /** When the login session ends, as of the newest token; only signing in again moves it. */
  sessionEndsAt?: number;
  /** The browser says that there is no network. */
  offline: boolean;
  stopReason?: StopReason;
  /** Increases with every socket that reached `welcome`; proves "one socket" in tests. */
  dials: number;
  /** Increases with every renewal on the same socket. */
  refreshes: number;
}

export type SendState = "pending" | "sent" | "failed";

export interface MessageView {
  /** Stable over pending, sent and reload of history: author and client id. */
  key: string;
  /** Missing while the message has not been stored. */
  seq?: number;
  id: string;
  user: UserRef;
  text: string;
  /** Milliseconds since the Unix epoch: party's clock once stored, own clock before. */
  ts: number;
  state: SendState;
  /** Why a failed message failed. */
  error?: ErrorCode;
  mine: boolean;
  replyTo?: number;
  /** Ids of those it mentions, as the room decided. */
  mentions?: readonly string[];
  editedAt?: number;
  deleted?: boolean;
  /** Who deleted it, where that is known: its author or a moderator. */
  deletedBy?: string;
  /** Why, in a moderator's words; its author hears it, and those who moderate. */
  deletedReason?: string;
  reactions?: Message["reactions"];
  /** The person has changed it so, and the room has not said yes yet. */
  changing?: "edit" | "delete";
  /** A wish of this person that was not granted: the message is as it was. */
  undone?: Undone;
}

export interface Undone {
  id: string;
  wish: Wish;
  error?: ErrorCode;
}

export type ChangeResult =
  { ok: true } | { ok: false; reason: "empty" | "too_long" | "too_many" | "not_found" };

/** An immutable snapshot; parts that did not change keep their identity between snapshots. */
export interface RoomView {
  room: string;
  connection: ConnectionView;
  /** True once a first `welcome` has arrived; before it the transcript is unknown, not empty. */
  ready: boolean;
  me?: UserRef & { role: Role };
  people: readonly PresentUser[];
  typing: readonly { id: string; name: string }[];
  messages: readonly MessageView[];
  /** Messages that are quoted and were asked for one by one, because they are not in the list. */
  quoted: readonly MessageView[];
  hasOlder: boolean;
  loadingOlder: boolean;
  olderFailed: boolean;
  readSeq: number;
  /** Newest sequence number known. */
  seq: number;
  settings: RoomSettingsView;
  /**
   * How far this browser's clock is ahead of the party's, as of the last `welcome`: milliseconds to
   * take from `Date.now()` for the time that messages have. 0 where both agree, or nothing is known.
   */
  ahead: number;
  /** What a moderator did last that this person is told of; another object for each deed. */
  notice?: ServerFrameOf<"mod.notice"> | undefined;
  /** Present while this person may not speak. */
  muted?: Held | undefined;
  /** Why the room sent this person away, or would not let them in. */
  turnedAway?: Held | undefined;
}

/** What owners and moderators have set; a field that is missing is as it was when the page was drawn. */
export type RoomSettingsView = Pick<
  ServerFrameOf<"room.updated">,
  "name" | "topic" | "slowSeconds" | "archived" | "retentionDays"
>;

/** A moderator's words, and until when they hold: milliseconds since the Unix epoch, for display. */
export interface Held {
  until?: number | undefined;
  reason?: string | undefined;
}

export type ShowResult = "shown" | "gone" | "too_far" | "failed";

export interface RoomClient {
  subscribe(listener: () => void): () => void;
  getSnapshot(): RoomView;
  /** Starts dialling. Idempotent; `stop` then `start` starts anew. */
  start(): void;
  /** Leaves on purpose (close 1000) and cancels every timer and request. Idempotent. */
  stop(): void;
  /** Queues a message; false where it is blank, too long, or the outbox is full. */
  send(
    text: string,
    options?: { replyTo?: number | undefined },
  ): { ok: true; key: string } | { ok: false; reason: "empty" | "too_long" | "outbox_full" };
  retry(key: string): void;
  /** Forgets a failed or still waiting message. */
  discard(key: string): void;
  /**
   * Changes of stored messages, by `seq`. Shown at once, sent in order, and sent again after a drop
   * or a reload until the room has answered. What it refuses is put back and told by
   * `MessageView.undone`. A history that began anew takes them with it.
   */
  edit(seq: number, text: string): ChangeResult;
  /** `reason`: where it is somebody else's message, for its author. */
  remove(seq: number, reason?: string): ChangeResult;
  react(seq: number, emoji: string, on: boolean): ChangeResult;
  /** Asks again for what was not granted (`MessageView.undone.id`). */
  retryChange(id: string): void;
  dismissChange(id: string): void;
  /**
   * Moderation and reports: asked once, of the room as it is now. Resolves with its answer; where the
   * line breaks meanwhile it is not known whether it was done (`unavailable`).
   */
  request(request: Request): Promise<RequestResult>;
  loadOlder(): void;
  /** Asks for one message that is quoted and not in the list; it comes into `quoted`. */
  quote(seq: number): void;
  /**
   * Brings one message into the list, by loading what lies between in one go: the list stays without
   * a hole. `gone`: the room has no such message; `too_far`: it lies further back than one go.
   * A newer question gives up on an older one (`failed`).
   */
  showAround(seq: number): Promise<ShowResult>;
  setTyping(on: boolean): void;
  markRead(seq: number): void;
  /** The app has told of a ban. News only to who was kicked: there is nothing to come back for. */
  learnBan(ban: Held): void;
  /** "Try now", "Use here", "Rejoin": dials at once where the state allows it. */
  tryNow(): void;
}

export interface RoomClientOptions {
  room: string;
  /** Host of the party, with port where needed, no scheme. */
  partyHost: string;
  /** Where tokens come from. Default `/api/party/token`. */
  tokenUrl?: string;
  /**
   * For whom the page was drawn. What is written before the first `welcome` is theirs, and what they
   * left unsent is shown at once; without it both wait for the first `welcome`. A room that welcomes
   * somebody else is left at once (`other_person`).
   */
  me?: UserRef;
}
