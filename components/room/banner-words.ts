import type { ConnectionView, Held, StopReason } from "@/lib/client/types";
import { heldWords } from "../moderation/held-words";

export type BannerAction = "try_now" | "use_here" | "rejoin" | "reload" | "sign_in" | "rooms";

export interface Banner {
  /** Same kind, same banner: it stays, and its delay is not begun anew. */
  kind: string;
  text: string;
  look: "info" | "warn" | "danger";
  action?: BannerAction;
  /** An attempt is under way: asking for another would do nothing. */
  trying?: boolean;
  /** Until `until` the action would do nothing: somebody asked for that wait. */
  held?: boolean;
  /** Counts down beside the text. */
  until?: number | undefined;
  untilWords?: string;
  /** That it is over is worth a word. */
  relief?: true;
  /** Only troubles that last this long are worth a banner. */
  afterMs: number;
}

const SHORT_DROP_MS = 4_000;
/** A computer that wakes finds its lease ended and renews it within the blink of an eye. */
const SHORT_GRACE_MS = 1_000;

const STOPPED: Record<StopReason, { text: string; action: BannerAction }> = {
  forbidden: { text: "You may not be in this room any more.", action: "rooms" },
  no_such_room: { text: "This room is gone: an owner has deleted it.", action: "rooms" },
  bad_request: {
    text: "This page and the room do not understand each other. Reload it; your draft is kept.",
    action: "reload",
  },
  protocol_version: {
    text: "There is a newer version of this page. Reload it; your draft is kept.",
    action: "reload",
  },
  replaced: {
    text: "You have this room open in too many places, so this one gave way.",
    action: "use_here",
  },
  kicked: { text: "A moderator has asked you to leave for a while.", action: "rejoin" },
  rate_limited: {
    text: "Too much came from this page at once. It is waiting for a moment.",
    action: "try_now",
  },
  unauthorized: {
    text: "The room did not accept your pass, twice in a row. Nothing you wrote is lost.",
    action: "try_now",
  },
  misconfigured: {
    text: "The app and the room do not agree on how to let people in. Tell whoever runs this place.",
    action: "try_now",
  },
  other_person: {
    text: "Somebody else is signed in in this browser now. What you wrote is kept for you. Reload to go on as them.",
    action: "reload",
  },
  unknown: { text: "The room closed this page's connection.", action: "try_now" },
};

/** Whom a moderator has sent away reads until when and why, as far as the room has said. */
function sentAway(reason: StopReason, held: Held | undefined): { text?: string } {
  if (!held || (reason !== "kicked" && reason !== "forbidden")) return {};
  const what = reason === "kicked" ? "Kicked" : "Banned from this room";
  return { text: heldWords(what, held, Date.now()) };
}

/** The sentence above the transcript for a trouble that lasts; null where all is well. */
export function bannerFor(connection: ConnectionView, turnedAway?: Held): Banner | null {
  const { phase, offline, stopReason, graceEndsAt, retryAt, held, dials } = connection;
  switch (phase) {
    case "connected":
      return null;
    case "closed":
      return {
        kind: "closed",
        text: "This page has left the room. What you typed is kept here.",
        look: "warn",
        action: "rejoin",
        // A page that is going away says nothing any more.
        afterMs: SHORT_GRACE_MS,
      };
    case "grace":
      return {
        kind: "grace",
        text: "Your pass for this room has run out and is being renewed. Messages wait.",
        look: "warn",
        until: graceEndsAt,
        untilWords: "left",
        afterMs: SHORT_GRACE_MS,
      };
    case "signed_out":
      return {
        kind: "signed_out",
        text: "You're signed out. What you typed is kept here.",
        look: "warn",
        action: "sign_in",
        afterMs: 0,
      };
    case "failed":
      return {
        kind: `failed:${stopReason ?? "unknown"}`,
        ...STOPPED[stopReason ?? "unknown"],
        ...sentAway(stopReason ?? "unknown", turnedAway),
        look: "danger",
        held: held === true,
        until: retryAt,
        untilWords: "to wait",
        afterMs: 0,
      };
    default:
      if (offline) {
        return {
          kind: "offline",
          text: "You're offline. Messages wait and go out in order.",
          look: "warn",
          relief: true,
          afterMs: SHORT_GRACE_MS,
        };
      }
      if (stopReason === "rate_limited" || stopReason === "kicked") {
        return {
          kind: stopReason,
          ...STOPPED[stopReason],
          look: "warn",
          held: held === true,
          until: retryAt,
          untilWords: "to wait",
          afterMs: 0,
        };
      }
      return {
        kind: phase === "suspended" ? "suspended" : "dropped",
        ...(dials > 0 && { relief: true }),
        text:
          phase === "suspended"
            ? "The room has been out of reach for a while. Messages wait and go out in order."
            : dials > 0
              ? "The line to the room dropped. Messages wait and go out in order."
              : "The room does not answer yet.",
        look: "warn",
        action: "try_now",
        trying: retryAt === undefined,
        held: held === true,
        until: retryAt,
        untilWords: "to the next try",
        afterMs: phase === "suspended" ? 0 : SHORT_DROP_MS,
      };
  }
}
