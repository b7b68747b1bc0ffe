"use client";

import { useEffect, useRef } from "react";
import { useRoomClient } from "@/lib/client/react";
import { Button } from "../ui/button";

/** Asked once, in place; the way back has the focus. */
export function DeleteQuestion({ seq, onClose }: { seq: number; onClose: () => void }) {
  const client = useRoomClient();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
      role="group"
      aria-label="Delete this message?"
      aria-live="off"
      className="my-1 flex flex-wrap items-center gap-2 text-small"
    >
      <p aria-hidden="true" className="mr-1">
        Delete this message?
      </p>
      <Button
        small
        look="danger"
        onClick={() => {
          client.remove(seq);
          onClose();
        }}
      >
        Delete
      </Button>
      <Button ref={keep} small onClick={onClose}>
        Keep
      </Button>
    </div>
  );
}
