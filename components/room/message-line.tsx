"use client";

import { memo, useState } from "react";
import { CircleAlert } from "lucide-react";
import { useRoomClient } from "@/lib/client/react";
import type { MessageView } from "@/lib/client/types";
import { cx } from "../ui/cx";
import { clockTime, fullDate } from "../ui/format";
import { later } from "../ui/later";
import { useTouch } from "../ui/use-touch";
import { anchorOf } from "./anchor";
import { DeleteQuestion } from "./delete-question";
import { MessageBody } from "./message-body";
import { Quote } from "./quote";
import { Reactions } from "./reactions";
import { notSent } from "./send-words";
import { UndoneLine } from "./undone-line";
import { useNearness } from "./use-nearness";

const MessageActions = later(() => import("./message-actions").then((file) => file.MessageActions));
const MessageMenu = later(() => import("./message-menu").then((file) => file.MessageMenu));

const STATES = { pending: ", sending", sent: "", failed: ", not sent" };
const CHANGES = { edit: ", saving", delete: ", deleting" };

/** One message: one object for assistive technology, named by its author, time and state. */
export const MessageLine = memo(function MessageLine({
  message,
  first,
}: {
  message: MessageView;
  /** The first of its group shows its time beside the name; the others show it on hover. */
  first: boolean;
}) {
  const { user, ts, state, seq, deleted, replyTo, reactions, changing, undone } = message;
  const touch = useTouch();
  const { near, hold, handlers } = useNearness();
  const [asking, setAsking] = useState(false);
  const stored = seq === undefined ? null : { ...message, seq };

  function stopAsking() {
    setAsking(false);
    if (seq !== undefined) document.getElementById(anchorOf(seq))?.focus();
  }

  return (
    <article
      id={stored ? anchorOf(stored.seq) : undefined}
      data-key={message.key}
      data-state={state}
      tabIndex={-1}
      aria-label={`${user.name}, ${clockTime(ts)}${STATES[state]}${changing ? CHANGES[changing] : ""}`}
      {...handlers}
      className={cx(
        "group/line relative -mx-2 rounded-house px-2 py-0.5 hover:bg-hover/60 data-marked:bg-accent-wash",
        touch && stored && "pr-9",
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
      {replyTo !== undefined && !deleted && <Quote seq={replyTo} />}
      <MessageBody message={message} />
      {stored && reactions && !deleted && <Reactions seq={stored.seq} reactions={reactions} />}
      {stored && asking && !deleted && <DeleteQuestion seq={stored.seq} onClose={stopAsking} />}
      {state === "failed" && <Failed message={message} />}
      {stored && undone && <UndoneLine message={stored} undone={undone} />}
      {stored && !deleted && touch && (
        <MessageMenu message={stored} onDelete={() => setAsking(true)} missing={null} />
      )}
      {stored && !deleted && !touch && near && !asking && (
        <MessageActions
          message={stored}
          hold={hold}
          onDelete={() => setAsking(true)}
          missing={null}
        />
      )}
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
