"use client";

import { X } from "lucide-react";
import { IconButton } from "../ui/button";
import { QuotedLine, useQuoted } from "./quote";
import { useTalk, useTalkState } from "./talk";

/** Whom one answers, above the field, with a way out. */
export function ReplyBar() {
  const talk = useTalk();
  const seq = useTalkState((state) => state.replyTo);
  const source = useQuoted(seq);
  if (seq === null) return null;
  return (
    <div className="flex items-center gap-2 pb-1 text-small text-quiet">
      <p id="composer-reply" className="flex min-w-0 flex-1 items-baseline gap-1.5">
        <span className="shrink-0">Replying to</span>
        <QuotedLine source={source} />
      </p>
      <IconButton
        label="Cancel reply"
        title="Cancel reply (Esc)"
        onClick={() => talk.replyTo(null)}
      >
        <X aria-hidden="true" className="size-4.5" />
      </IconButton>
    </div>
  );
}
