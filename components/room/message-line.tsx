"use client";

import { memo } from "react";
import { CircleAlert } from "lucide-react";
import { useRoomClient } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { cx } from "../ui/cx";
import { clockTime, fullDate } from "../ui/format";
import { MessageText } from "./message-text";
import { notSent } from "./send-words";

const STATES = { pending: ", sending", sent: "", failed: ", not sent" };

/** One message: one object for assistive technology, named by its author, time and state. */
export const MessageLine = memo(function MessageLine({
  message,
  first,
}: {
  message: MessageView;
  /** The first of its group shows its time beside the name; the others show it on hover. */
  first: boolean;
}) {
  const { user, ts, state, text, deleted, editedAt } = message;
  return (
    <article
      data-key={message.key}
      data-state={state}
      tabIndex={-1}
      aria-label={`${user.name}, ${clockTime(ts)}${STATES[state]}`}
      className={cx(
        "group/line relative -mx-2 rounded-house px-2 py-0.5 hover:bg-hover/60",
        "transition-colors duration-[var(--quick)]",
      )}
    >
      {!first && (
        <time
          dateTime={new Date(ts).toISOString()}
          title={fullDate(ts)}
          className="tabular absolute top-1.5 -left-11 w-10 text-right text-fine text-quiet opacity-0 group-hover/line:opacity-100 group-focus/line:opacity-100"
        >
          {clockTime(ts)}
        </time>
      )}
      <div className={cx(state === "pending" ? "text-quiet" : "text-ink")}>
        {deleted ? <p className="text-quiet italic">Deleted.</p> : <MessageText text={text} />}
        {editedAt !== undefined && !deleted && (
          <span className="text-fine text-quiet" title={fullDate(editedAt)}>
            edited
          </span>
        )}
      </div>
      {state === "failed" && <Failed message={message} />}
    </article>
  );
});

function Failed({ message: { key, error } }: { message: MessageView }) {
  const client = useRoomClient();
  const button =
    "inline-flex min-h-6 items-center rounded-[6px] px-1.5 font-semibold text-ink underline underline-offset-2 hover:bg-hover pointer-coarse:min-h-11";
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
