"use client";

import { useRoomClient } from "@/lib/client/react";
import { Button } from "../ui/button";

/** The way to older messages for those who do not scroll; keeps its height in every state. */
export function OlderMessages({
  shown,
  busy,
  failed,
}: {
  shown: boolean;
  busy: boolean;
  failed: boolean;
}) {
  const client = useRoomClient();
  if (!shown) {
    return <p className="pt-6 text-center text-fine text-quiet">This is where the room began.</p>;
  }
  return (
    <div className="flex min-h-14 items-end justify-center gap-3 pt-4 text-small">
      {failed && !busy && (
        <p role="alert" className="self-center text-danger">
          Older messages did not arrive.
        </p>
      )}
      <Button
        small
        look="quiet"
        // Not a tab stop: on the way to the composer it would scroll to the top. Arrows reach it.
        tabIndex={-1}
        data-older=""
        aria-disabled={busy}
        onClick={() => !busy && client.loadOlder()}
      >
        {busy ? "Loading older…" : failed ? "Try again" : "Load older"}
      </Button>
    </div>
  );
}
