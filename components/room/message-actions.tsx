"use client";

import type { ComponentProps } from "react";
import { useRef, useState } from "react";
import { Check, Flag, Link2, Pencil, Reply, SmilePlus, Trash2 } from "lucide-react";
import type { MessageView } from "@/lib/client/types";
import { IconButton } from "../ui/button";
import { cx } from "../ui/cx";
import { PersonButton } from "../people/person-button";
import { EmojiPopover } from "./emoji-popover";
import { IN_BAR, QUICK_REACTIONS } from "./quick-reactions";
import { useAuthor, useDeeds } from "./use-deeds";

const icon = { "aria-hidden": true, className: "size-4.5" } as const;

/**
 * What one can do with a message, beside it. Not a tab stop: Enter on the message leads here, arrows
 * move, Escape leads back. Silent by itself, though it stands in a log that speaks what is added.
 */
export function MessageActions({
  message,
  hold,
  onDelete,
  onReport,
}: {
  message: MessageView & { seq: number };
  /** Keeps the bar while something of it is open. */
  hold: (on: boolean) => void;
  onDelete: () => void;
  onReport: () => void;
}) {
  const author = useAuthor(message.user);
  const { may, react, mine, reply, edit, copyLink } = useDeeds(message);
  const picker = useRef<HTMLButtonElement>(null);
  const [picking, setPicking] = useState(false);
  const [copied, setCopied] = useState(false);

  function pick(open: boolean) {
    setPicking(open);
    hold(open);
  }

  return (
    <div
      role="toolbar"
      aria-label="Message actions"
      aria-live="off"
      className={cx(
        "absolute -top-4 right-1 z-10 flex rounded-house border border-line bg-surface p-0.5 shadow-float",
        // One bar at a time: the one that is pointed at, or used; none over words in the making.
        "[[role=log]:has(article:hover)_article:not(:hover)>&:not(:focus-within)]:hidden [article:has(textarea)>&]:hidden",
      )}
    >
      {may.react &&
        QUICK_REACTIONS.slice(0, IN_BAR).map((emoji) => (
          <Action
            key={emoji}
            label={`React with ${emoji}`}
            aria-pressed={mine(emoji)}
            onClick={() => react(emoji)}
            className="text-body aria-pressed:bg-accent-wash aria-pressed:inset-ring aria-pressed:inset-ring-strong"
          >
            <span aria-hidden="true">{emoji}</span>
          </Action>
        ))}
      {may.react && (
        <Action
          ref={picker}
          label="Add reaction"
          aria-haspopup="dialog"
          aria-expanded={picking}
          onClick={() => pick(true)}
        >
          <SmilePlus {...icon} />
        </Action>
      )}
      {may.reply && (
        <Action label="Reply" onClick={reply}>
          <Reply {...icon} />
        </Action>
      )}
      {may.edit && (
        <Action label="Edit" onClick={edit}>
          <Pencil {...icon} />
        </Action>
      )}
      {may.delete && (
        <Action label="Delete" onClick={onDelete}>
          <Trash2 {...icon} />
        </Action>
      )}
      {may.report && (
        <Action label="Report" onClick={onReport}>
          <Flag {...icon} />
        </Action>
      )}
      <PersonButton person={author} bar hold={hold} />
      <Action
        label={copied ? "Link copied" : "Copy link"}
        onClick={() => void copyLink().then(setCopied)}
        onBlur={() => setCopied(false)}
      >
        {copied ? <Check {...icon} /> : <Link2 {...icon} />}
      </Action>
      <span role="status" className="sr-only">
        {copied && "Link copied."}
      </span>
      {picking && (
        <EmojiPopover
          anchor={picker}
          onClose={() => pick(false)}
          onPick={(emoji) => {
            if (!mine(emoji)) react(emoji);
            pick(false);
            picker.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function Action({ className, ...rest }: ComponentProps<typeof IconButton>) {
  return <IconButton tabIndex={-1} className={cx("rounded-[6px]", className)} {...rest} />;
}
