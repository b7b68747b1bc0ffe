"use client";

import { Button } from "../ui/button";
import { ARROW_DOWN, Icon } from "../ui/icon";
import { useReadMark } from "./use-read-mark";

/** Leads to the end, with the number of others' messages that wait there. */
export function ToNewest({
  reading,
  shown,
  onClick,
}: {
  /** What is at the end is being read. */
  reading: boolean;
  shown: boolean;
  onClick: () => void;
}) {
  const unread = useReadMark(reading);
  if (!shown) return null;
  return (
    <Button
      small
      onClick={onClick}
      className="arrive absolute bottom-2 left-1/2 -translate-x-1/2 rounded-full shadow-float"
    >
      <Icon d={ARROW_DOWN} className="size-4" />
      {unreadWords(unread)}
    </Button>
  );
}

const unreadWords = (count: number): string =>
  count === 0 ? "To the newest" : count === 1 ? "1 new message" : `${count} new messages`;
