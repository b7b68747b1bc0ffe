"use client";

import { memo, useState } from "react";
import type { MessageView } from "@/lib/client/types";
import { cx } from "../ui/cx";
import { clockTime, fullDate } from "../ui/format";
import { later } from "../ui/later";
import { useTouch } from "../ui/use-touch";
import { anchorOf } from "./anchor";
import { MessageBody } from "./message-body";
import { Quote } from "./quote";
import { Reactions } from "./reactions";
import { useNearness } from "./use-nearness";

const MessageActions = later(() => import("./message-actions").then((file) => file.MessageActions));
const DeleteQuestion = later(() => import("./delete-question").then((file) => file.DeleteQuestion));
const ReportQuestion = later(() => import("./report-question").then((file) => file.ReportQuestion));
const UndoneLine = later(() => import("./undone-line").then((file) => file.UndoneLine));
const FailedLine = later(() => import("./undone-line").then((file) => file.FailedLine));
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
  const [asking, setAsking] = useState<"delete" | "report" | null>(null);
  const stored = seq === undefined ? null : { ...message, seq };

  function stopAsking() {
    setAsking(null);
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
          className="tabular absolute top-1.5 right-full mr-1 text-right text-fine whitespace-nowrap text-quiet opacity-0 group-hover/line:opacity-100 group-focus/line:opacity-100"
        >
          {clockTime(ts)}
        </time>
      )}
      {replyTo !== undefined && !deleted && <Quote seq={replyTo} />}
      <MessageBody message={message} />
      {stored && reactions && !deleted && <Reactions seq={stored.seq} reactions={reactions} />}
      {stored && asking === "delete" && !deleted && (
        <DeleteQuestion message={stored} onClose={stopAsking} missing={null} />
      )}
      {stored && asking === "report" && !deleted && (
        <ReportQuestion seq={stored.seq} onClose={stopAsking} missing={null} />
      )}
      {state === "failed" && <FailedLine message={message} missing={null} />}
      {stored && undone && <UndoneLine message={stored} undone={undone} missing={null} />}
      {stored && !deleted && touch && (
        <MessageMenu
          message={stored}
          onDelete={() => setAsking("delete")}
          onReport={() => setAsking("report")}
          missing={null}
        />
      )}
      {stored && !deleted && !touch && near && !asking && (
        <MessageActions
          message={stored}
          hold={hold}
          onDelete={() => setAsking("delete")}
          onReport={() => setAsking("report")}
          missing={null}
        />
      )}
    </article>
  );
});
