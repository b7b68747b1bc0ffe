"use client";

import { useEffect, useMemo, useState } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { maySpeak } from "@/lib/room/permissions";
import { later } from "../ui/later";
import { useToday } from "../ui/use-today";
import { holds } from "./chunks";
import { isOver } from "./connection-words";
import { OlderMessages } from "./older-messages";
import { useTalkState } from "./talk";
import { ToNewest } from "./to-newest";
import { TranscriptChunk } from "./transcript-chunk";
import { onTranscriptKey } from "./transcript-keys";
import { TranscriptSkeleton } from "./transcript-skeleton";
import { useChunks } from "./use-chunks";
import { useTranscriptScroll } from "./use-transcript-scroll";
import { useVisit } from "./use-visit";
import { useWindow } from "./use-window";

const RoomOver = later(() => import("./room-over").then((file) => file.RoomOver));

/** Older messages are asked for when the reader comes this close to the first one shown. */
const LOAD_OLDER_PX = 320;

/**
 * The messages of the room. The log itself is the one announcer: it speaks what is added at the end
 * and is `aria-busy`, and so silent, while history is put in.
 */
export function Transcript() {
  const client = useRoomClient();
  const { messages, ready, hasOlder, loadingOlder, olderFailed, phase, ahead } = useRoom(
    (view) => ({
      messages: view.messages,
      ready: view.ready,
      hasOlder: view.hasOlder,
      loadingOlder: view.loadingOlder,
      olderFailed: view.olderFailed,
      phase: view.connection.phase,
      ahead: view.ahead,
    }),
  );
  const today = useToday(ahead);
  const chunks = useChunks(messages);
  const visit = useVisit();
  const { scroller, content, list, atEnd, settled, onScroll, keepPlace, toEnd } =
    useTranscriptScroll(messages, visit);
  const sought = useTalkState((state) => state.sought);
  const { newSeq } = visit;
  const wanted = useMemo(
    () => chunks.filter((one) => holds(one, newSeq) || holds(one, sought)).map(({ key }) => key),
    [chunks, newSeq, sought],
  );
  const { away, look } = useWindow(scroller, list, chunks, wanted);
  const waiting = !ready && messages.length === 0;
  const over = isOver(phase);
  const busy = useBusy((!ready && !over) || loadingOlder);

  function scrolled() {
    onScroll();
    if (look()) {
      keepPlace();
      onScroll();
    }
    const near = (scroller.current?.scrollTop ?? Infinity) < LOAD_OLDER_PX;
    if (near && ready && hasOlder && !loadingOlder && !olderFailed) client.loadOlder();
  }

  function goToEnd() {
    toEnd();
    // The button goes away with the focus on it.
    scroller.current?.focus({ preventScroll: true });
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* A log that scrolls must take the keyboard: one tab stop, arrows inside (WAI-ARIA APG). */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={scroller}
        role="log"
        aria-label="Messages"
        aria-busy={busy}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={scrolled}
        onKeyDown={onTranscriptKey}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain outline-offset-[-3px] [overflow-anchor:none]"
      >
        <div
          ref={content}
          className="mx-auto flex w-full max-w-[46rem] flex-1 flex-col px-4 pb-6 sm:px-6"
        >
          {waiting && (over ? <RoomOver missing={null} /> : <TranscriptSkeleton />)}
          {ready && messages.length === 0 && <EmptyRoom />}
          {messages.length > 0 && (
            <>
              <div className="flex-1" />
              <OlderMessages shown={hasOlder} busy={loadingOlder} failed={olderFailed} />
              {/* A block: in a flex container every chunk would be laid out again for one more line. */}
              <div ref={list}>
                {chunks.map((chunk, at) => (
                  <TranscriptChunk
                    key={chunk.key}
                    chunk={chunk}
                    newSeq={holds(chunk, newSeq) ? newSeq : null}
                    today={today}
                    away={wanted.includes(chunk.key) ? undefined : away.get(chunk.key)}
                    last={at >= chunks.length - 2}
                  />
                ))}
              </div>
            </>
          )}
        </div>
      </div>
      <ToNewest reading={visit.open && settled && atEnd} shown={!atEnd} onClick={goToEnd} />
    </div>
  );
}

function EmptyRoom() {
  const speaks = useRoom(
    ({ me, settings, muted, connection }) =>
      !settings.archived && !muted && !!me && maySpeak(me.role) && !isOver(connection.phase),
  );
  return (
    <div className="m-auto grid max-w-sm gap-2 py-16">
      <p className="display text-display">Nobody has spoken yet.</p>
      {speaks && <p className="text-body text-soft">Say hello.</p>}
    </div>
  );
}

/**
 * Stays true for a moment after the history is in the page, so that it is not read out. Held from the
 * very rendering that begins it: what comes before the next timer is put in silently too.
 */
function useBusy(busy: boolean): boolean {
  const [held, setHeld] = useState(true);
  if (busy && !held) setHeld(true);
  useEffect(() => {
    if (busy) return;
    const timer = setTimeout(() => setHeld(false), 250);
    return () => clearTimeout(timer);
  }, [busy]);
  return busy || held;
}
