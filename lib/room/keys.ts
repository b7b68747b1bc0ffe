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
  message: (epoch: string, seq: number) => `m/${epoch}/${padded(seq)}`,
  /** Which message the change with this number changed. */
  change: (epoch: string, rev: number) => `c/${epoch}/${padded(rev)}`,
  /** Where a person's message id was stored. A person's id has no space, so two never meet. */
  sent: (epoch: string, user: string, id: string) => `d/${epoch}/${user} ${id}`,
  read: (epoch: string, user: string) => `read/${epoch}/${user}`,
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
} as const;

/** Prefixes of everything that belongs to one history. */
export const historyPrefixes = (epoch: string) => [
  `m/${epoch}/`,
  `c/${epoch}/`,
  `d/${epoch}/`,
  `read/${epoch}/`,
];

export const HERE_PREFIX = "here/";

/** The spent tokens that could no longer be presented anyway. */
export const staleSpent = (nowMs: number) => ({ start: "spent/", end: `spent/${padded(nowMs)}` });
