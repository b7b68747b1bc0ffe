import type { Role } from "../protocol/values";

/**
 * Who may do what, once: the room judges frames by it and the app its routes. The role comes from
 * the token or from the app, never from a frame.
 */
const RANK: Record<Role, number> = { reader: 0, member: 1, moderator: 2, owner: 3 };

/** The least role for each action, in a room that is not archived. */
export const LEAST_ROLE = {
  read: "reader",
  report: "reader",
  send: "member",
  edit_own: "member",
  delete_own: "member",
  react: "member",
  type: "member",
  /** Anybody's, an owner's too: what was said is the room's, and the log tells who took it away. */
  delete_any: "moderator",
  kick: "moderator",
  ban: "moderator",
  unban: "moderator",
  mute: "moderator",
  unmute: "moderator",
  slow: "moderator",
  see_reports: "moderator",
  see_bans: "moderator",
  see_mutes: "moderator",
  add_member: "moderator",
  remove_member: "moderator",
  change_role: "moderator",
  invite: "moderator",
  set_topic: "moderator",
  clear: "owner",
  rename: "owner",
  set_visibility: "owner",
  set_retention: "owner",
  archive: "owner",
  transfer: "owner",
  delete_room: "owner",
  see_audit: "owner",
} as const satisfies Record<string, Role>;
export type Action = keyof typeof LEAST_ROLE;

export const ACTIONS = Object.keys(LEAST_ROLE) as Action[];

/** What is left to do in an archived room: to read it, and for its owners to look after it. */
export const IN_ARCHIVE: ReadonlySet<Action> = new Set<Action>([
  "read",
  "report",
  "see_reports",
  "see_bans",
  "see_audit",
  "remove_member",
  "archive",
  "transfer",
  "delete_room",
]);

export const may = (role: Role, action: Action): boolean => RANK[role] >= RANK[LEAST_ROLE[action]];

export const outranks = (role: Role, other: Role): boolean => RANK[role] > RANK[other];

export const maySpeak = (role: Role): boolean => may(role, "send");

export const mayModerate = (role: Role): boolean => may(role, "delete_any");

/** Nobody moderates their equal or better; whose role is not known is an owner's business. */
export const mayModerateUser = (role: Role, target: Role | undefined): boolean =>
  RANK[role] >= RANK.moderator &&
  (target === undefined ? role === "owner" : outranks(role, target));
