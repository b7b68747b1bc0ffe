import type { RoomView } from "@/lib/client/types";
import { left } from "../ui/format";

type Deed = NonNullable<RoomView["notice"]>;

const DONE: Partial<Record<Deed["action"], string>> = {
  kick: "was kicked",
  ban: "was banned",
  unban: "may come in again",
  mute: "was muted",
  unmute: "can write again",
};

const because = (reason: string | undefined): string => (reason ? `: ${reason}` : "");

/**
 * A deed of moderation in words; null where it needs none: what one did oneself and sees, what stands
 * beside the composer or in place of the message already. `stays`: it concerns this person.
 */
export function noticeWords(
  { action, user, by, seconds = 0, reason }: Deed,
  me: { id: string },
): { text: string; stays: boolean } | null {
  const whom = user?.name ?? "Somebody";
  if (by?.id === me.id) {
    return DONE[action] ? { text: `${whom} ${DONE[action]}.`, stays: false } : null;
  }
  const who = by?.name ?? "A moderator";
  const mine = user?.id === me.id;
  switch (action) {
    case "clear":
      return { text: `${who} cleared what was said here${because(reason)}.`, stays: true };
    case "slow":
      return {
        text:
          seconds > 0
            ? `Slow mode: one message every ${left(seconds)}${because(reason)}.`
            : "Slow mode is off.",
        stays: false,
      };
    case "report":
      return {
        text: `${who} reported a message of ${user?.name ?? "somebody"}${because(reason)}. It waits in the room’s settings.`,
        stays: true,
      };
    case "delete":
      return mine
        ? { text: `A moderator deleted a message of yours${because(reason)}.`, stays: true }
        : null;
    default:
      if (mine) return action === "unmute" ? { text: "You can write again.", stays: false } : null;
      return {
        text: `${whom} ${DONE[action]}${by?.name ? ` (by ${by.name})` : ""}${because(reason)}.`,
        stays: false,
      };
  }
}
