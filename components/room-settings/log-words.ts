import type { LogLine } from "@/lib/client/room-admin";
import { VISIBILITY_WORDS } from "../rooms/visibility";
import { left } from "../ui/format";
import { untilTime } from "../ui/until";

type Details = Record<string, unknown>;

/** What the app wrote beside a deed, where it is more than a word; empty where it cannot be read. */
function detailsOf(detail: string | undefined): Details {
  try {
    const value: unknown = JSON.parse(detail ?? "");
    return typeof value === "object" && value !== null ? (value as Details) : {};
  } catch {
    return {};
  }
}

const slowWords = (seconds: unknown): string =>
  typeof seconds === "number" && seconds > 0
    ? `set slow mode: one message every ${left(seconds)}`
    : "switched slow mode off";

const CHANGED: Record<string, (value: unknown) => string> = {
  name: (name) => `renamed the room “${String(name)}”`,
  topic: (topic) => (topic ? `set the topic “${String(topic)}”` : "took the topic away"),
  visibility: (value) =>
    `made the room ${VISIBILITY_WORDS[value as keyof typeof VISIBILITY_WORDS] ?? String(value)}`,
  archived: (archived) => (archived ? "archived the room" : "opened the room again"),
  slowSeconds: slowWords,
  retentionDays: (days) =>
    typeof days === "number"
      ? `had messages kept for ${days === 1 ? "1 day" : `${days} days`}`
      : "had messages kept for ever",
};

function changeWords(details: Details): string {
  const words = Object.entries(details).flatMap(([field, value]) => CHANGED[field]?.(value) ?? []);
  return words.length > 0 ? words.join(", ") : "changed the room";
}

function inviteWords({ role, maxUses, expiresAt }: Details, now: number): string {
  const uses = typeof maxUses === "number" && maxUses > 1 ? `, for ${maxUses} people` : "";
  const until = typeof expiresAt === "number" ? `, until ${untilTime(expiresAt, now)}` : "";
  return `made a link that lets in as ${typeof role === "string" ? role : "member"}${uses}${until}`;
}

/** The deed alone: "banned Bo until 21:40". */
function deedWords({ action, user, until, seconds, detail }: LogLine, now: number): string {
  const whom = user?.name ?? user?.id ?? "somebody";
  const end = until === undefined ? "" : ` until ${untilTime(until, now)}`;
  switch (action) {
    case "ban":
      return `banned ${whom}${end || " for good"}`;
    case "unban":
      return `lifted the ban of ${whom}`;
    case "kick":
      return `kicked ${whom}${end}`;
    case "mute":
      return `muted ${whom}${end}`;
    case "unmute":
      return `let ${whom} write again`;
    case "delete":
      return `deleted a message of ${whom}`;
    case "slow":
      return slowWords(seconds);
    case "clear":
      return "cleared what was said here";
    case "resolve_report":
      return "settled a report";
    case "invite":
      return inviteWords(detailsOf(detail), now);
    case "revoke_invite":
      return "revoked an invite link";
    case "join_by_invite":
      return "came in by an invite link";
    case "change":
      return changeWords(detailsOf(detail));
    case "add_member":
      return `added ${whom}${detail ? ` as ${detail}` : ""}`;
    case "change_role": {
      const [from, to] = detail?.split(" to ") ?? [];
      return from && to ? `made ${whom} ${to} (was ${from})` : `changed the role of ${whom}`;
    }
    case "remove_member":
      return `took ${whom} out of the room`;
    case "leave":
      return "left the room";
    case "transfer":
      return `handed the room to ${whom}`;
    default:
      return [action.replaceAll("_", " "), user && whom, detail && `(${detail})`]
        .filter(Boolean)
        .join(" ");
  }
}

/** What a line of the log says after the name of who did it. `now`: milliseconds since the epoch. */
export const logWords = (line: LogLine, now: number): string =>
  `${deedWords(line, now)}${line.reason ? `: ${line.reason}` : ""}`;
