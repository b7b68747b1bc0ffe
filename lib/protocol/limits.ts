/**
 * Every limit and every time of the protocol, with its unit in its name.
 * Client, room and app import the same constant; the tables in docs/PROTOCOL.md are generated from here.
 */

/** The only form of a room id, before and after any decoding. */
export const ROOM_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,63}$/;

export const PROTOCOL_VERSION = 1;

export const MAX_FRAME_BYTES = 16 * 1024;
/** Unicode code points, after trim. */
export const MAX_TEXT_CHARACTERS = 4_000;
/** Characters of an id that a client makes. */
export const MAX_CLIENT_ID_CHARACTERS = 64;
export const MAX_NAME_CHARACTERS = 64;
export const MAX_PICTURE_CHARACTERS = 512;
export const MAX_EMOJI_CHARACTERS = 32;
export const MAX_REASON_CHARACTERS = 200;
/** Hidden people whose messages a count may leave out; who hides more is told the whole count. */
export const MAX_HIDDEN_ASKED = 50;
/** Between two messages of one person, where a room is slow: six hours at the most. */
export const MAX_SLOW_SECONDS = 21_600;
export const MAX_SANCTION_SECONDS = 31_536_000;
export const DEFAULT_KICK_SECONDS = 60;
export const MAX_RETENTION_DAYS = 3_650;
/** What a room keeps of its log of moderation; the oldest entries give way. */
export const MAX_AUDIT_ENTRIES = 10_000;
/** Reports that wait for a moderator; the oldest give way. */
export const MAX_REPORTS = 500;
export const REPORTS_PER_MINUTE = 6;
export const REPORTS_BURST = 10;
export const MAX_TOKEN_CHARACTERS = 2_048;
export const MAX_CLOSE_REASON_BYTES = 123;

/** Messages are sends, edits, deletes and reactions. */
export const MESSAGES_PER_SECOND = 10;
export const MESSAGES_BURST = 20;
export const MESSAGES_PER_MINUTE_PER_PERSON = 600;
export const OTHER_FRAMES_PER_SECOND = 20;
export const OTHER_FRAMES_BURST = 40;
/** Answers to refused frames, per connection; past them the connection closes 4429. */
export const REFUSALS_PER_SECOND = 20;
export const REFUSALS_BURST = 60;
/** Frames that are not JSON or fit no schema, per connection; past them the connection closes 4400. */
export const BAD_FRAMES_PER_SECOND = 0.5;
export const BAD_FRAMES_BURST = 20;
/** What a room says of people and of who types: at once, until it becomes a flood. */
export const NEWS_PER_SECOND = 4;
export const NEWS_BURST = 4;
export const CONNECTIONS_PER_PERSON = 10;
export const CONNECTIONS_PER_ROOM = 1_000;
export const REFUSED_REFRESHES_IN_A_ROW = 3;

export const HISTORY_PAGE_MESSAGES = 50;
export const MAX_HISTORY_LIMIT = 100;
export const MAX_RECOVERY_MESSAGES = 500;
/** How many changes of messages a room can tell somebody who comes back. */
export const MAX_RECOVERY_CHANGES = 500;
/** Unread mentions of one person in one room are counted up to here. */
export const MAX_MARKS = 100;
export const OUTBOX_MESSAGES = 100;

/** A refresh is due at a share of the lease between these two, drawn by the party per lease. */
export const REFRESH_EARLIEST_SHARE = 0.75;
export const REFRESH_LATEST_SHARE = 0.85;
/** The party prompts a connection that has not refreshed at this share of its lease, plus up to the spread. */
export const EXPIRING_SHARE = 0.88;
export const EXPIRING_SPREAD_SHARE = 0.06;

export const TOKEN_REQUEST_TIMEOUT_MS = 10_000;
/** How long a WebSocket may take from dial to `welcome`. */
export const WELCOME_TIMEOUT_MS = 10_000;
export const RECONNECT_BASE_MS = 500;
export const RECONNECT_CAP_MS = 30_000;
/** A connection that lived this long starts the back-off anew. */
export const RECONNECT_RESET_MS = 10_000;
/**
 * After a room is lost as a whole its clients come back at fifty a second or so: each
 * stretches its wait by this much per connection that the room held.
 */
export const RECONNECT_STRETCH_MS_PER_CONNECTION = 20;
export const SUSPENDED_AFTER_MS = 120_000;
export const PING_INTERVAL_MS = 25_000;
export const PONG_TIMEOUT_MS = 5_000;
export const WAKE_PONG_TIMEOUT_MS = 2_500;
/**
 * A connection that was told so many characters since it was last heard, and was not heard for
 * longer than a ping and its answer take, does not keep up: 4408 `slow_consumer`. Whoever pings as
 * agreed hears any room, however loud.
 */
export const UNHEARD_CHARACTERS = 4 * 1024 * 1024;
export const UNHEARD_MS = PING_INTERVAL_MS + PONG_TIMEOUT_MS;
export const PRESENCE_LEAVE_GRACE_MS = 10_000;
/** The page says so this long before the login session ends. */
export const SESSION_WARNING_MS = 2 * 60_000;
/** Who is asked to leave a draining room is asked back no earlier than this; a restart takes as long. */
export const DRAIN_EARLIEST_MS = 1_000;
/** Over how long those who were asked to leave are spread, unless the caller says another time. */
export const DRAIN_OVER_MS = 10_000;
export const MAX_DRAIN_OVER_MS = 300_000;
export const AWAY_AFTER_MS = 5 * 60_000;
export const TYPING_SEND_INTERVAL_MS = 2_000;
export const TYPING_EXPIRES_MS = 6_000;

export const TOKEN_SECONDS = { default: 60, min: 10, max: 120 } as const;
/** A token of another issuer that is trusted may live as long as this. */
export const OUTSIDE_TOKEN_SECONDS = 86_400;
/** A token with which a server calls over HTTP may not be presented for longer. */
export const SERVER_TOKEN_SECONDS = 60;
export const LEASE_SECONDS = { default: 300, min: 3, max: 3_600 } as const;
/** How long a login session lasts; nothing prolongs it, and no lease outlives it. */
export const SESSION_SECONDS = {
  default: 30 * 24 * 3_600,
  min: 20,
  max: 30 * 24 * 3_600,
} as const;
/** A session that no page and no visit has used for this long is over; an open room uses it. */
export const SESSION_IDLE_SECONDS = 14 * 24 * 3_600;
export const GRACE_SECONDS = { default: 25, min: 0, max: 120 } as const;
/** RFC 8725 asks for the smallest leeway that clocks in use need. */
export const CLOCK_TOLERANCE_SECONDS = 10;

/** Limits an operator may change by environment, with the bounds that are checked at start. */
export const ADJUSTABLE = {
  LIMIT_MESSAGES_PER_SECOND: { side: "party", default: MESSAGES_PER_SECOND, min: 1, max: 10_000 },
  LIMIT_MESSAGES_PER_MINUTE: {
    side: "party",
    default: MESSAGES_PER_MINUTE_PER_PERSON,
    min: 1,
    max: 600_000,
  },
  LIMIT_CONNECTIONS_PER_ROOM: { side: "party", default: CONNECTIONS_PER_ROOM, min: 1, max: 20_000 },
  LIMIT_CONNECTIONS_PER_PERSON: {
    side: "party",
    default: CONNECTIONS_PER_PERSON,
    min: 1,
    max: 10_000,
  },
  ROOM_RELAYS: { side: "party", default: 0, min: 0, max: 32 },
  LIMIT_SIGN_UPS_PER_HOUR: { side: "app", default: 20, min: 1, max: 100_000 },
  LIMIT_SIGN_IN_FAILURES: { side: "app", default: 10, min: 1, max: 100_000 },
  LIMIT_TOKENS_PER_MINUTE: { side: "app", default: 120, min: 1, max: 100_000 },
} as const;
export const TOKENS_BURST = 60;
