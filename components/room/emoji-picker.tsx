"use client";

import { useEffect, useRef } from "react";
import type {
  EmojiPickerListCategoryHeaderProps,
  EmojiPickerListEmojiProps,
  EmojiPickerListRowProps,
} from "frimousse";
import { EmojiPicker as Picker } from "frimousse";
import { cx } from "../ui/cx";
import { useTouch } from "../ui/use-touch";

/** Every emoji, with a search. The data is the app's own: nothing is asked of anybody else. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const touch = useTouch();
  // With a thumb a keyboard would come up over what one is about to choose from.
  useEffect(() => (touch ? list : search).current?.focus(), [touch]);
  return (
    <Picker.Root
      emojibaseUrl="/emoji"
      columns={8}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className="isolate flex h-full flex-col"
    >
      <Picker.Search
        ref={search}
        aria-label="Search emoji"
        placeholder="Search"
        className="m-2 min-h-9 rounded-house border border-strong bg-paper px-3 text-small text-ink -outline-offset-1 placeholder:text-quiet pointer-coarse:min-h-11"
      />
      {/* It scrolls, so the keyboard must reach it. */}
      <Picker.Viewport
        ref={list}
        tabIndex={0}
        className="relative min-h-0 flex-1 rounded-house -outline-offset-2"
      >
        <Picker.Loading className="absolute inset-0 grid place-items-center text-small text-quiet">
          One moment…
        </Picker.Loading>
        <Picker.Empty className="absolute inset-0 grid place-items-center text-small text-quiet">
          {({ search: text }) => <>Nothing is called “{text}”.</>}
        </Picker.Empty>
        <Picker.List
          aria-label="Emoji"
          className="pb-2 select-none"
          components={{ CategoryHeader, Row, Emoji }}
        />
      </Picker.Viewport>
    </Picker.Root>
  );
}

function CategoryHeader({ category, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className="bg-surface px-3 pt-2 pb-1 text-fine font-semibold text-quiet">
      {category.label}
    </div>
  );
}

/** The library counts rows and columns from 0, ARIA from 1. */
const fromOne = (index: number | undefined) => (index === undefined ? undefined : index + 1);

const Row = (props: EmojiPickerListRowProps) => (
  <div
    {...props}
    aria-rowindex={fromOne(props["aria-rowindex"])}
    className="scroll-my-1.5 px-1.5"
  />
);

function Emoji({ emoji, ...rest }: EmojiPickerListEmojiProps) {
  return (
    <button
      {...rest}
      role="gridcell"
      aria-colindex={fromOne(rest["aria-colindex"])}
      className={cx(
        "grid h-9 flex-1 place-items-center rounded-[6px] text-title pointer-coarse:h-11",
        emoji.isActive && "bg-hover outline-2 -outline-offset-2 outline-accent-ink",
      )}
    >
      {emoji.emoji}
    </button>
  );
}
