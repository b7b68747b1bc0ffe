import { useRoom, useRoomClient } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { mayModerate, maySpeak } from "@/lib/room/permissions";
import type { Role, UserRef } from "@/lib/protocol/values";
import { linkTo } from "./anchor";
import { isOver } from "./connection-words";
import { useTalk } from "./talk";

export interface Deeds {
  may: { react: boolean; reply: boolean; edit: boolean; delete: boolean; report: boolean };
  /** Adds a reaction, or takes one's own away. */
  react(emoji: string): void;
  mine(emoji: string): boolean;
  reply(): void;
  edit(): void;
  /** True once the link is in the clipboard. */
  copyLink(): Promise<boolean>;
}

/** Who wrote it, with the role they have now where they are here. */
export function useAuthor({ id, name }: UserRef): { id: string; name: string; role?: Role } {
  const role = useRoom((view) => view.people.find((one) => one.id === id)?.role);
  return { id, name, ...(role && { role }) };
}

/** What this person may do with a stored message, and how. Only asked where it is about to be shown. */
export function useDeeds({ seq, mine, reactions }: MessageView & { seq: number }): Deeds {
  const client = useRoomClient();
  const talk = useTalk();
  const { role, id, over } = useRoom((view) => ({
    role: view.me?.role ?? "reader",
    id: view.me?.id ?? "",
    over: isOver(view.connection.phase),
  }));
  const speaks = maySpeak(role) && !over;
  const has = (emoji: string) => reactions?.[emoji]?.includes(id) ?? false;
  return {
    may: {
      react: speaks,
      reply: speaks,
      edit: speaks && mine,
      delete: speaks && (mine || mayModerate(role)),
      // Who reads only may report too; who moderates can act at once.
      report: !mine && !over && !mayModerate(role),
    },
    react: (emoji) => void client.react(seq, emoji, !has(emoji)),
    mine: has,
    reply: () => talk.replyTo(seq),
    edit: () => talk.edit(seq, "message"),
    async copyLink() {
      const link = linkTo(seq, location);
      try {
        await navigator.clipboard.writeText(link);
        return true;
      } catch {
        // Not allowed, or no secure context: the address bar can be copied by hand.
        history.replaceState(history.state, "", link);
        talk.tell("not_copied");
        return false;
      }
    },
  };
}
