"use client";

import Link from "next/link";
import { useState } from "react";
import type { ReportLine as Report } from "@/lib/client/room-admin";
import { MAX_REASON_CHARACTERS } from "@/lib/protocol/limits";
import { anchorOf } from "../room/anchor";
import { Question } from "../room/question";
import { Button, buttonClass } from "../ui/button";
import { ago, fullDate } from "../ui/format";

export interface Removal {
  seq: number;
  reason?: string;
}

/** One message that somebody asked to be looked at, and what to do about it. */
export function ReportLine({
  report: { n, at, by, seq, author, text, reason, cleared },
  room,
  now,
  archived,
  busy,
  onSettle,
}: {
  report: Report;
  room: string;
  now: number;
  archived: boolean;
  busy: boolean;
  /** Done with it; with `remove` the message goes, too. */
  onSettle: (remove?: Removal) => void;
}) {
  const [asked, setAsked] = useState(false);
  const whose = author.name ?? "somebody";
  return (
    <li className="grid grid-cols-1 gap-2 py-3">
      <p className="text-small text-quiet">
        <bdi className="font-medium text-ink">{by.name ?? "Somebody"}</bdi> about{" "}
        <bdi className="font-medium text-ink">{whose}</bdi>,{" "}
        <time dateTime={new Date(at).toISOString()} title={fullDate(at)}>
          {ago(at, now)}
        </time>
        {reason && `: ${reason}`}
      </p>
      <blockquote
        dir="auto"
        className="line-clamp-6 border-l-2 border-strong pl-3 break-words whitespace-pre-wrap"
      >
        {text}
      </blockquote>
      {cleared && (
        <p className="text-small text-quiet">What was said here has been cleared since.</p>
      )}
      {asked ? (
        <Removing
          whose={whose}
          id={`report-${n}-reason`}
          busy={busy}
          onKeep={() => setAsked(false)}
          onRemove={(why) => onSettle({ seq, ...(why && { reason: why }) })}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          {!cleared && (
            <Link href={`/rooms/${room}#${anchorOf(seq)}`} className={buttonClass("plain", true)}>
              Go to the message
            </Link>
          )}
          {!cleared && !archived && (
            <Button small look="danger" onClick={() => setAsked(true)}>
              Delete the message
            </Button>
          )}
          <Button small aria-busy={busy} onClick={() => onSettle()}>
            Dismiss
          </Button>
        </div>
      )}
    </li>
  );
}

function Removing({
  whose,
  id,
  busy,
  onKeep,
  onRemove,
}: {
  whose: string;
  id: string;
  busy: boolean;
  onKeep: () => void;
  onRemove: (reason: string) => void;
}) {
  const [reason, setReason] = useState("");
  return (
    <Question label={`Delete this message of ${whose}?`} onClose={onKeep}>
      <label htmlFor={id} className="sr-only">
        Reason (optional)
      </label>
      <input
        id={id}
        // What was pressed is gone; the question begins here.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={reason}
        placeholder="Reason (optional): they read it"
        autoComplete="off"
        maxLength={MAX_REASON_CHARACTERS}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) onRemove(reason.trim());
        }}
        className="target w-full min-w-0 basis-60 rounded-house border border-strong bg-surface px-2.5 py-1 placeholder:text-quiet sm:w-60"
      />
      <Button small look="danger" aria-busy={busy} onClick={() => onRemove(reason.trim())}>
        Delete
      </Button>
      <Button small onClick={onKeep}>
        Keep
      </Button>
    </Question>
  );
}
