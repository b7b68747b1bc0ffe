"use client";

import { useEffect, useId, useRef } from "react";
import { useRoomClient } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { MAX_REASON_CHARACTERS } from "@/lib/protocol/limits";
import { Button } from "../ui/button";
import { Question } from "./question";

/**
 * Asked once, in place; the way back has the focus. Who deletes somebody else's message may say why:
 * its author reads it, and the room's log keeps it.
 */
export function DeleteQuestion({
  message: { seq, mine },
  onClose,
}: {
  message: MessageView & { seq: number };
  onClose: () => void;
}) {
  const client = useRoomClient();
  const id = useId();
  const keep = useRef<HTMLButtonElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  useEffect(() => keep.current?.focus(), []);

  function remove() {
    client.remove(seq, reason.current?.value.trim());
    onClose();
  }

  return (
    <Question label="Delete this message?" onClose={onClose}>
      {!mine && (
        <>
          <label htmlFor={id} className="sr-only">
            Reason (optional)
          </label>
          <input
            ref={reason}
            id={id}
            placeholder="Reason (optional)"
            autoComplete="off"
            maxLength={MAX_REASON_CHARACTERS}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.nativeEvent.isComposing) remove();
            }}
            className="target w-full min-w-0 basis-60 rounded-house border border-strong bg-surface px-2.5 py-1 placeholder:text-quiet sm:w-60"
          />
        </>
      )}
      <Button small look="danger" onClick={remove}>
        Delete
      </Button>
      <Button ref={keep} small onClick={onClose}>
        Keep
      </Button>
    </Question>
  );
}
