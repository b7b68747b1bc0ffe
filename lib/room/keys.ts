/**
 * The names of everything a room keeps. What belongs to one history carries its epoch, so a history
 * that starts anew never meets remains of the old one, whatever was interrupted in between.
 */

const DIGITS = 15;
/** Zero-padded, so that keys sort by number. */
const padded = (value: number): string =>
  String(Math.max(0, Math.floor(value))).padStart(DIGITS, "0");

export const keys = {
  meta: "meta",
  /** When the app spoke last about the room's settings. */
  settings: "settings",
  message: (epoch: string, seq: number) => `${messagePrefix(epoch)}${padded(seq)}`,
  /** Which message the change with this number changed. */
  change: (epoch: string, rev: number) => `c/${epoch}/${padded(rev)}`,
  /** Where a person's message id was stored. A person's id has no space, so two never meet. */
  sent: (epoch: string, user: string, id: string) => `d/${epoch}/${user} ${id}`,
  /** The latest changes of a message, so that one which is sent again undoes none after it. */
  done: (epoch: string, seq: number) => `e/${epoch}/${padded(seq)}`,
  read: (epoch: string, user: string) => `read/${epoch}/${user}`,
  /** One for each unread mention, and some that have been read meanwhile. */
  mention: (epoch: string, user: string, seq: number) => `${markPrefix(epoch, user)}${padded(seq)}`,
  /** Everybody who has been here: by id, and filed under the first letters of their name. */
  known: (user: string) => `known/${user}`,
  named: (file: string, user: string) => `${namedPrefix(file)}${user}`,
  here: (user: string) => `here/${user}`,
  /** The end comes first: what can be forgotten is one range. */
  spent: (untilMs: number, jti: string) => `spent/${padded(untilMs)}/${jti}`,
  revokedSession: (sid: string) => `revoked/session/${sid}`,
  revokedUser: (user: string) => `revoked/user/${user}`,
  role: (user: string) => `role/${user}`,
  name: (user: string) => `name/${user}`,
  ban: (user: string) => `ban/${user}`,
  kick: (user: string) => `kick/${user}`,
  mute: (user: string) => `mute/${user}`,
  /** When a person spoke last, while the room is slow. */
  spoke: (user: string) => `spoke/${user}`,
  audit: (n: number) => `audit/${padded(n)}`,
  report: (n: number) => `report/${padded(n)}`,
  /** That a person has reported a message: once is enough. */
  reported: (epoch: string, user: string, seq: number) => `reported/${epoch}/${user} ${seq}`,
} as const;

const OF_PERSON = new Set("read known revoked role name ban kick mute spoke".split(" "));

/** Whether it is the one value of its kind that is kept for a person, or for a session of theirs. */
export const isOfPerson = (key: string): boolean => OF_PERSON.has(key.slice(0, key.indexOf("/")));

/** Prefixes of everything that belongs to one history. */
export const historyPrefixes = (epoch: string) => [
  messagePrefix(epoch),
  `c/${epoch}/`,
  `d/${epoch}/`,
  `e/${epoch}/`,
  `read/${epoch}/`,
  `at/${epoch}/`,
  `reported/${epoch}/`,
];

/** What names one person within one history: no use once they are gone. */
export const personPrefixes = (epoch: string, user: string) => [
  `d/${epoch}/${user} `,
  `reported/${epoch}/${user} `,
  markPrefix(epoch, user),
];

export const messagePrefix = (epoch: string): string => `m/${epoch}/`;

export const AUDIT_PREFIX = "audit/";
export const REPORT_PREFIX = "report/";

export const markPrefix = (epoch: string, user: string): string => `at/${epoch}/${user} `;
export const seqOfMark = (key: string): number => Number(key.slice(-DIGITS));
export const namedPrefix = (file: string): string => `named/${encodeURIComponent(file)}/`;

export const HERE_PREFIX = "here/";

/** The spent tokens that could no longer be presented anyway. */
export const staleSpent = (nowMs: number) => ({ start: "spent/", end: `spent/${padded(nowMs)}` });
