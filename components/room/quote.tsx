"use client";

import { useEffect } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { messageAt } from "@/lib/client/transcript";
import type { MessageView } from "@/lib/client/types";
import { useHidden } from "../people/hidden";
import { cx } from "../ui/cx";
import { CORNER_UP_RIGHT, Icon } from "../ui/icon";
import { hueClass } from "../ui/person";
import { useTalk } from "./talk";
import { tombstone } from "./talk-words";

/** What a message answers, in one line above it; pressing it leads there. */
export function Quote({ seq }: { seq: number }) {
  const talk = useTalk();
  const source = useQuoted(seq);
  return (
    <button
      type="button"
      tabIndex={-1}
      title="Go to this message"
      onClick={() => talk.jumpTo(seq)}
      className="group/quote flex min-h-6 max-w-full items-center gap-1.5 rounded-[6px] text-left text-small text-quiet hover:text-ink thumb"
    >
      <Icon d={CORNER_UP_RIGHT} className="size-3.5 shrink-0" />
      <span className="sr-only">In reply to </span>
      <QuotedLine source={source} />
    </button>
  );
}

/** The message that is quoted, which is asked for where it is not loaded. */
export function useQuoted(seq: number | null): MessageView | undefined {
  const client = useRoomClient();
  const source = useRoom(({ messages, quoted }) =>
    seq === null ? undefined : (messageAt(messages, seq) ?? messageAt(quoted, seq)),
  );
  const missing = source === undefined ? seq : null;
  useEffect(() => {
    if (missing !== null) client.quote(missing);
  }, [client, missing]);
  return source;
}

/** Author and first line; what was deleted or is not loaded says so. */
export function QuotedLine({ source }: { source: MessageView | undefined }) {
  const { ids } = useHidden();
  if (!source) return <span className="italic">an earlier message</span>;
  if (ids.has(source.user.id)) return <span className="italic">a hidden message</span>;
  const { user, text, deleted, deletedBy } = source;
  return (
    <span className="flex min-w-0 items-baseline gap-1.5">
      <bdi
        className={cx(hueClass(user.id), "max-w-3/5 shrink-0 truncate font-semibold text-person")}
      >
        {user.name}
      </bdi>
      {deleted ? (
        <span className="italic">{tombstone(user.id, deletedBy)}</span>
      ) : (
        <bdi className="truncate">{firstLine(text)}</bdi>
      )}
    </span>
  );
}

const firstLine = (text: string): string => text.trim().split("\n", 1)[0] ?? "";
