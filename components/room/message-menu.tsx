"use client";

import type { KeyboardEvent, ReactNode } from "react";
import { useLayoutEffect, useRef, useState } from "react";
import { Ellipsis, Flag, Link2, Pencil, Reply, SmilePlus, Trash2, UserRound } from "lucide-react";
import { useRoom } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import type { Target } from "../moderation/deed-dialog";
import { PersonDeeds } from "../moderation/person-deeds";
import { menuItemClass } from "../shell/menu-items";
import { cx } from "../ui/cx";
import { EmojiPopover } from "./emoji-popover";
import { QUICK_REACTIONS } from "./quick-reactions";
import { useAuthor, useDeeds } from "./use-deeds";

interface MenuProps {
  message: MessageView & { seq: number };
  onDelete: () => void;
  onReport: () => void;
}

/** The way to a message's actions for thumbs: always in sight, and a sheet of lines at the bottom. */
export function MessageMenu(props: MenuProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<"menu" | "picker" | "person" | null>(null);
  const author = useAuthor(props.message.user);
  return (
    <div aria-live="off" className="[article:has(textarea)>&]:hidden">
      <button
        ref={opener}
        type="button"
        tabIndex={-1}
        aria-label="Actions"
        aria-haspopup="menu"
        aria-expanded={open === "menu"}
        onClick={() => setOpen("menu")}
        className="absolute -top-2 -right-2 grid size-11 place-items-center rounded-house text-quiet"
      >
        <Ellipsis aria-hidden="true" className="size-4.5" />
      </button>
      {open === "menu" && (
        <ActionSheet
          {...props}
          author={author}
          onMore={() => setOpen("picker")}
          onPerson={() => setOpen("person")}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "person" && (
        <PersonDeeds person={author} anchor={opener} onClose={() => setOpen(null)} />
      )}
      {open === "picker" && <Picker {...props} anchor={opener} onClose={() => setOpen(null)} />}
    </div>
  );
}

function Picker({
  message,
  anchor,
  onClose,
}: MenuProps & { anchor: React.RefObject<HTMLElement | null>; onClose: () => void }) {
  const { react, mine } = useDeeds(message);
  return (
    <EmojiPopover
      anchor={anchor}
      onClose={onClose}
      onPick={(emoji) => {
        if (!mine(emoji)) react(emoji);
        onClose();
      }}
    />
  );
}

const icon = { "aria-hidden": true, className: "size-4.5 text-soft" } as const;

function ActionSheet({
  message,
  onDelete,
  onReport,
  author,
  onMore,
  onPerson,
  onClose,
}: MenuProps & {
  author: Target;
  onMore: () => void;
  onPerson: () => void;
  onClose: () => void;
}) {
  const others = useRoom((view) => view.me && view.me.id !== author.id);
  const { may, react, mine, reply, edit, copyLink } = useDeeds(message);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => Array.from(menu.current?.querySelectorAll<HTMLElement>("button") ?? []);
  useLayoutEffect(() => {
    if (!menu.current?.matches(":popover-open")) menu.current?.showPopover();
    items()[0]?.focus();
  }, []);

  function move(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length]?.focus();
  }

  /** Away first: what follows may want the focus. */
  const then = (act: () => void) => () => {
    menu.current?.hidePopover();
    onClose();
    act();
  };
  const line = (name: string, sign: ReactNode, act: () => void) => (
    <button type="button" role="menuitem" className={menuItemClass} onClick={then(act)}>
      {sign}
      {name}
    </button>
  );

  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label="Message actions"
      onKeyDown={move}
      onToggle={(event) => event.newState === "closed" && onClose()}
      className="arrive inset-x-2 w-auto bottom-[max(0.5rem,env(safe-area-inset-bottom))] rounded-house border border-line bg-surface p-1.5 text-ink shadow-float"
    >
      {may.react && (
        <div role="group" aria-label="React" className="flex justify-between pb-1">
          {QUICK_REACTIONS.map((emoji) => (
            <button
              key={emoji}
              type="button"
              role="menuitemcheckbox"
              aria-checked={mine(emoji)}
              aria-label={`React with ${emoji}`}
              onClick={then(() => react(emoji))}
              className={cx(
                "grid size-11 place-items-center rounded-house text-title hover:bg-hover",
                mine(emoji) && "bg-accent-wash inset-ring inset-ring-strong",
              )}
            >
              {emoji}
            </button>
          ))}
          <button
            type="button"
            role="menuitem"
            aria-label="More reactions"
            onClick={() => {
              menu.current?.hidePopover();
              onMore();
            }}
            className="grid size-11 place-items-center rounded-house text-soft hover:bg-hover"
          >
            <SmilePlus aria-hidden="true" className="size-5" />
          </button>
        </div>
      )}
      {may.reply && line("Reply", <Reply {...icon} />, reply)}
      {may.edit && line("Edit", <Pencil {...icon} />, edit)}
      {may.delete && line("Delete", <Trash2 {...icon} />, onDelete)}
      {may.report && line("Report", <Flag {...icon} />, onReport)}
      {others && line(`About ${author.name}`, <UserRound {...icon} />, onPerson)}
      {line("Copy link", <Link2 {...icon} />, () => void copyLink())}
    </div>
  );
}
