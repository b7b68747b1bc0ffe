"use client";

import { X } from "lucide-react";
import { IconButton } from "../ui/button";
import { QuotedLine, useQuoted } from "./quote";
import { useTalk } from "./talk";

/** Whom one answers, above the field, with a way out. */
export function ReplyBar({ seq }: { seq: number }) {
  const talk = useTalk();
  const source = useQuoted(seq);
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
