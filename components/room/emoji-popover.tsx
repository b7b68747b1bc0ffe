"use client";

import type { RefObject } from "react";
import { later } from "../ui/later";
import { Popover } from "../ui/popover";

const EmojiPicker = later(() => import("./emoji-picker").then((file) => file.EmojiPicker));

/** The picker in its float; its code and its data come when it is first opened, and keep their place. */
export function EmojiPopover({
  anchor,
  onPick,
  onClose,
}: {
  anchor: RefObject<HTMLElement | null>;
  onPick: (emoji: string) => void;
  onClose: () => void;
}) {
  return (
    <Popover
      anchor={anchor}
      onClose={onClose}
      role="dialog"
      aria-label="Choose a reaction"
      className="h-[22rem] w-[19.5rem] max-w-[calc(100vw-1rem)]"
    >
      <EmojiPicker
        onPick={onPick}
        waiting={<p className="p-4 text-small text-quiet">One moment…</p>}
        missing={
          <p role="alert" className="p-4 text-small">
            The emoji did not arrive. Close this and try again.
          </p>
        }
      />
    </Popover>
  );
}
