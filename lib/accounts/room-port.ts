import type { Role } from "../protocol/values";

/** What the app keeps about rooms, beside their members; part of the port in port.ts. */

/**
 * `public`: everybody who is signed in sees it and may enter. `invite`: everybody sees its name and
 * topic, members enter. `private`: members see it and enter.
 */
export type Visibility = "public" | "private" | "invite";

export interface Room {
  id: string;
  name: string;
  topic: string | null;
  visibility: Visibility;
  createdAt: number;
  /** Read-only. */
  archived: boolean;
  /** Between two people; its name is the other one's. */
  direct: boolean;
  /** In such a room whom the person who asks talks to; null where that account is gone. */
  other: { id: string; picture: string | null } | null;
}
export type NewRoom = Omit<Room, "archived" | "direct" | "other">;

export interface RoomAccess {
  /** This person does not want to be called to the room. */
  muted: boolean;
  room: Room;
  /** What tokens carry: in an archived room everybody reads. */
  role: Role;
  /** The role by membership, which decides on the room itself. */
  standing: Role;
}

/** A ban in force. `until` is null where it has no end. */
export interface BanEnd {
  until: number | null;
  reason: string | null;
}
export interface Ban extends BanEnd {
  user: { id: string; name: string };
  byId: string;
  at: number;
}

export interface Invite {
  id: string;
  role: Role;
  createdBy: string;
  createdAt: number;
  expiresAt: number;
  maxUses: number;
  uses: number;
}
export interface NewInvite extends Omit<Invite, "uses"> {
  room: string;
  codeHash: string;
}

/** One line of a room's log. Names are those of then. */
export interface LogEntry {
  room: string;
  at: number;
  action: string;
  by: { id: string; name: string };
  user?: { id: string; name: string } | undefined;
  detail?: string | undefined;
  reason?: string | undefined;
  until?: number | undefined;
}

export interface Erasure {
  room: string;
  userId: string;
  how: "anonymise" | "erase";
}

export interface RoomStore {
  /** Rooms this person may enter, by name. */
  visibleTo(userId: string, now: number): Promise<RoomAccess[]>;
  /** Invite-only rooms this person is no member of, by name. */
  listedFor(userId: string): Promise<Room[]>;
  /** "not_found" where it does not exist, "forbidden" where this person may not enter; a ban says until when. */
  access(
    userId: string,
    roomId: string,
    now: number,
  ): Promise<RoomAccess | "not_found" | "forbidden" | { ban: BanEnd }>;
  /** A room from nobody's point of view; null where there is none. */
  about(roomId: string): Promise<Room | null>;
  /** For one person; idempotent. A room that is gone has nothing to mute. */
  mute(userId: string, roomId: string, muted: boolean, now: number): Promise<void>;
  create(room: NewRoom, ownerId: string): Promise<"created" | "conflict">;
  /** The room of these two, made where it is missing; both are members, and neither can be removed. */
  openDirect(roomId: string, people: readonly [string, string], now: number): Promise<void>;
  /** Changes what is given. */
  update(
    roomId: string,
    changes: Partial<Pick<Room, "name" | "topic" | "visibility" | "archived">>,
    log: LogEntry,
  ): Promise<void>;
  /** Hands a room to a member, its owner becoming a moderator. False where one of them is not that (any more). */
  transfer(roomId: string, from: string, to: string, log: LogEntry): Promise<boolean>;
  /** Deletes for good: its people, invites and bans go, the name stays taken. */
  remove(roomId: string, log: LogEntry): Promise<void>;
  /** Everybody on a room's list whose account is enabled, by name. */
  members(roomId: string): Promise<RoomMember[]>;
  /** Adds a person or changes the role. False, and nothing changed, where it would take the last owner. */
  setMember(
    roomId: string,
    userId: string,
    role: Role,
    now: number,
    log?: LogEntry,
  ): Promise<boolean>;
  /** The role by membership, whatever the room's visibility; null for those who are no members. */
  memberRole(roomId: string, userId: string): Promise<Role | null>;
  /** False where there was no such member, or it is the room's last owner. */
  removeMember(roomId: string, userId: string, log?: LogEntry): Promise<boolean>;
  /** Rooms of which this person is a member, deleted ones left out. */
  memberships(userId: string): Promise<{ room: string; name: string; role: Role; since: number }[]>;
}

export interface RoomMember {
  id: string;
  name: string;
  picture: string | null;
  role: Role;
  since: number;
}

export interface Bans {
  put(room: string, userId: string, end: BanEnd, log: LogEntry): Promise<void>;
  /** False where there was none. */
  lift(room: string, userId: string, log: LogEntry): Promise<boolean>;
  inForce(room: string, now: number): Promise<Ban[]>;
}

export type InviteRefusal = "not_found" | { ban: BanEnd };

/** Where an invitation leads. */
export interface Invited {
  room: Room;
  role: Role;
  member: Role | null;
  /**
   * Who made it, where they may be named: still on the room's list, with an account that is
   * enabled, and neither of the two hides the other.
   */
  from: { id: string; name: string; picture: string | null } | null;
}

export interface Invites {
  create(invite: NewInvite, log: LogEntry): Promise<void>;
  /** Those that may still be used. */
  list(room: string, now: number): Promise<Invite[]>;
  revoke(room: string, id: string, log: LogEntry): Promise<boolean>;
  /** What it leads to. "not_found" for every code that cannot be used, whatever the cause. */
  look(codeHash: string, userId: string, now: number): Promise<Invited | InviteRefusal>;
  /**
   * Uses it, in one transaction with the membership it gives: two people never share its last use.
   * A member uses nothing up. Null where it could not be used.
   */
  accept(codeHash: string, userId: string, log: Omit<LogEntry, "room">): Promise<string | null>;
}

export interface Hidden {
  list(userId: string): Promise<{ id: string; name: string; since: number }[]>;
  /** False where there is no such person. */
  add(userId: string, hiddenId: string, now: number): Promise<boolean>;
  remove(userId: string, hiddenId: string): Promise<boolean>;
  /** Whether either of them has hidden the other. */
  between(one: string, other: string): Promise<boolean>;
}

export interface RoomLog {
  write(entry: LogEntry): Promise<void>;
  /** Newest first. */
  page(
    room: string,
    before: number | null,
    limit: number,
  ): Promise<(Omit<LogEntry, "room"> & { n: number })[]>;
}

/** Written with the removal of the person; see `people.remove`. */
export interface Erasures {
  of(userId: string): Promise<Erasure[]>;
  pending(limit: number): Promise<Erasure[]>;
  done(room: string, userId: string): Promise<void>;
}
