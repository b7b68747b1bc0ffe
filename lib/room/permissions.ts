import type { Role } from "../protocol/values";

/** What a role may do in a room. The role comes from the token or from the app, never from a frame. */
const RANK: Record<Role, number> = { reader: 0, member: 1, moderator: 2, owner: 3 };

export const maySpeak = (role: Role): boolean => RANK[role] >= RANK.member;

export const mayModerate = (role: Role): boolean => RANK[role] >= RANK.moderator;

/** Nobody moderates their equal or better; whose role is not known is an owner's business. */
export const mayModerateUser = (role: Role, target: Role | undefined): boolean =>
  mayModerate(role) && (target === undefined ? role === "owner" : RANK[role] > RANK[target]);
