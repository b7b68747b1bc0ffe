import {
  Ban,
  DoorOpen,
  LockOpen,
  type LucideIcon,
  Mic,
  MicOff,
  UserRoundCog,
  UserRoundMinus,
} from "lucide-react";
import type { RequestResult } from "@/lib/client/requests";
import type { AdminCode } from "@/lib/client/room-admin";
import type { ErrorCode } from "@/lib/protocol/codes";

export type DeedName = "kick" | "ban" | "unban" | "mute" | "unmute" | "role" | "remove";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Span {
  words: string;
  /** null: until somebody ends it. */
  seconds: number | null;
}

interface Deed {
  /** The line in the menu, and the sign before it. */
  item: string;
  sign: LucideIcon;
  title: (name: string) => string;
  hint: string;
  button: string;
  spans?: readonly Span[];
  reason?: true;
  /** They lose the room by it. */
  grave?: true;
}

/** What those who moderate can do to a person, in the order of the menu. */
export const DEEDS: Record<DeedName, Deed> = {
  mute: {
    item: "Mute…",
    sign: MicOff,
    title: (name) => `Mute ${name}`,
    hint: "They read on, and cannot write. They see until when, and your reason.",
    button: "Mute",
    reason: true,
    spans: [
      { words: "10 minutes", seconds: 10 * MINUTE },
      { words: "1 hour", seconds: HOUR },
      { words: "1 day", seconds: DAY },
      { words: "Until somebody lifts it", seconds: null },
    ],
  },
  unmute: {
    item: "Unmute…",
    sign: Mic,
    title: (name) => `Let ${name} write again`,
    hint: "At once, on all their pages.",
    button: "Unmute",
    reason: true,
  },
  kick: {
    item: "Kick…",
    sign: DoorOpen,
    title: (name) => `Kick ${name}`,
    hint: "They leave at once and may come back when the time is over.",
    button: "Kick",
    reason: true,
    spans: [
      { words: "1 minute", seconds: MINUTE },
      { words: "10 minutes", seconds: 10 * MINUTE },
      { words: "1 hour", seconds: HOUR },
    ],
  },
  ban: {
    item: "Ban…",
    sign: Ban,
    title: (name) => `Ban ${name}`,
    hint: "They leave at once and cannot come in. They see until when, and your reason.",
    button: "Ban",
    grave: true,
    reason: true,
    spans: [
      { words: "1 hour", seconds: HOUR },
      { words: "1 day", seconds: DAY },
      { words: "1 week", seconds: 7 * DAY },
      { words: "For ever", seconds: null },
    ],
  },
  unban: {
    item: "Lift the ban…",
    sign: LockOpen,
    title: (name) => `Let ${name} in again`,
    hint: "They may come in again at once, and are what they were before it.",
    button: "Lift the ban",
  },
  role: {
    item: "Change role…",
    sign: UserRoundCog,
    title: (name) => `Role of ${name}`,
    hint: "Holds at once, on all their pages.",
    button: "Change role",
  },
  remove: {
    item: "Remove from room…",
    sign: UserRoundMinus,
    title: (name) => `Remove ${name}`,
    hint: "They leave at once and come back when somebody adds or invites them.",
    button: "Remove",
    grave: true,
  },
};

/** Why something was not done to a person. */
const REFUSED: Partial<Record<ErrorCode | AdminCode, string>> = {
  bad_request: "The reason cannot be taken like this. Use one line of at most 200 characters.",
  forbidden: "You may not do this to them any more.",
  not_found: "They are not here any more.",
  conflict: "A room needs an owner, and they are the only one.",
  archived: "This room is archived: nothing in it changes.",
  signed_out: "You’re signed out. Sign in again, then do this.",
  rate_limited: "Too many at once. Try again in a minute.",
};

export const refusedWords = (result: {
  ok: false;
  code: Extract<RequestResult, { ok: false }>["code"] | AdminCode;
}): string => REFUSED[result.code] ?? "The room did not answer, so it may not be done. Try again.";

export const ROLE_WORDS = {
  reader: "Reads, and does not write.",
  member: "Reads and writes.",
  moderator: "Keeps order: deletes messages, mutes, kicks and bans members.",
  owner: "Decides on everything, the room itself included.",
} as const;
