"use client";

import { useRoom, useRoomClient } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { maySpeak } from "@/lib/room/permissions";
import { cx } from "../ui/cx";
import { listNames, namesOf } from "./names";

/** The reactions to a message: how many, whose, and a press to join or leave them. */
export function Reactions({
  seq,
  reactions,
}: {
  seq: number;
  reactions: NonNullable<MessageView["reactions"]>;
}) {
  const client = useRoomClient();
  const { me, names } = useRoom((view) => ({ me: view.me, names: namesOf(view) }));
  const counted = Object.entries(reactions).filter(([, ids]) => ids.length > 0);
  if (counted.length === 0) return null;
  return (
    // Silent: a log would else speak every single one.
    <ul
      aria-label="Reactions"
      aria-live="off"
      className="flex flex-wrap gap-1 pt-1 pb-0.5 pointer-coarse:gap-3 pointer-coarse:pt-2 pointer-coarse:pb-2"
    >
      {counted.map(([emoji, ids]) => {
        const mine = me !== undefined && ids.includes(me.id);
        const who = listNames(ids, names, me?.id);
        return (
          <li key={emoji}>
            <button
              type="button"
              tabIndex={-1}
              aria-pressed={mine}
              aria-label={`${emoji} ${ids.length}: ${who}`}
              title={who}
              disabled={!me || !maySpeak(me.role)}
              onClick={() => client.react(seq, emoji, !mine)}
              className={cx(
                "tabular inline-flex min-h-7 items-center gap-1.5 rounded-full border px-2 text-fine transition-colors duration-[var(--quick)] pointer-coarse:min-w-11 pointer-coarse:justify-center thumb",
                mine
                  ? "border-strong bg-accent-wash font-semibold text-ink inset-ring inset-ring-strong"
                  : "border-line bg-surface text-soft enabled:hover:border-strong",
              )}
            >
              <span className="text-small">{emoji}</span>
              {ids.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
