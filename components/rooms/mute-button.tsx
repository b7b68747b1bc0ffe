"use client";

import { useState } from "react";
import { Bell, BellOff } from "lucide-react";
import { cx } from "../ui/cx";
import { setMuted, useMuted } from "./mutes";
import type { RoomItem } from "./use-rooms";

/**
 * Mutes one room of a list. With a pointer it waits, over the counts, for the hand or the focus; by
 * touch it is there, and so it is where it says that the room is muted.
 */
export function MuteButton({ room }: { room: Pick<RoomItem, "id" | "name" | "muted"> }) {
  const muted = useMuted(room.id, room.muted);
  const [failed, setFailed] = useState(false);
  const Icon = muted ? BellOff : Bell;
  return (
    <>
      <button
        type="button"
        aria-label={`Mute ${room.name}`}
        aria-pressed={muted}
        title={muted ? "Muted. Press to hear of it again" : "Mute"}
        onClick={() => void setMuted(room.id, !muted).then((done) => setFailed(!done))}
        className={cx(
          "target inline-flex shrink-0 items-center justify-center rounded-house text-quiet hover:bg-hover hover:text-ink",
          "transition-opacity duration-[var(--quick)] focus-visible:opacity-100 pointer-coarse:opacity-100",
          !muted &&
            "inset-y-0 right-1 my-auto bg-hover opacity-0 group-hover/room:opacity-100 pointer-fine:absolute pointer-fine:h-8 pointer-coarse:bg-transparent",
        )}
      >
        <Icon aria-hidden="true" className="size-3.5" />
      </button>
      <span role="alert" className="basis-full px-3 pb-1 text-fine text-danger empty:hidden">
        {failed && "That did not work. Try again in a moment."}
      </span>
    </>
  );
}
