"use client";

import { CircleAlert } from "lucide-react";
import { useRoomClient } from "@/lib/client/react";
import type { MessageView, Undone } from "@/lib/client/types";
import { useTalk } from "./talk";
import { notSent } from "./send-words";
import { notDone } from "./undone-words";

const button =
  "inline-flex min-h-6 items-center rounded-[6px] px-1.5 font-semibold text-ink underline underline-offset-2 hover:bg-hover pointer-coarse:min-h-11";

/** A change that the room did not take: what, why, and what is still here. */
export function UndoneLine({
  message: { seq, deleted },
  undone,
}: {
  message: MessageView & { seq: number };
  undone: Undone;
}) {
  const client = useRoomClient();
  const talk = useTalk();
  const { id, wish } = undone;

  function again() {
    if (wish.kind !== "edit") return client.retryChange(id);
    client.dismissChange(id);
    talk.edit(seq, "message", wish.text);
  }

  return (
    <div className="mt-0.5 text-small text-danger">
      <CircleAlert aria-hidden="true" className="-mt-0.5 mr-1.5 inline size-4" />
      {notDone(undone)}{" "}
      {wish.kind === "edit" && (
        <>
          Your words are still here:
          <q className="mx-1 text-ink" dir="auto">
            {wish.text}
          </q>
        </>
      )}
      {!deleted && (
        <button type="button" className={button} onClick={again}>
          {wish.kind === "edit" ? "Edit again" : "Try again"}
        </button>
      )}
      <button type="button" className={button} onClick={() => client.dismissChange(id)}>
        Let it be
      </button>
    </div>
  );
}

/** A message that was not sent, and what can be done about it. */
export function FailedLine({ message: { key, error } }: { message: MessageView }) {
  const client = useRoomClient();
  return (
    <p className="mt-0.5 text-small text-danger">
      <CircleAlert aria-hidden="true" className="-mt-0.5 mr-1.5 inline size-4" />
      {notSent(error)}{" "}
      <button type="button" className={button} onClick={() => client.retry(key)}>
        Retry
      </button>
      <span aria-hidden="true" className="px-0.5">
        ·
      </span>
      <button type="button" className={button} onClick={() => client.discard(key)}>
        Delete
      </button>
    </p>
  );
}
