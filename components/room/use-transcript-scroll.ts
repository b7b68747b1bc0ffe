import type { RefObject } from "react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { MessageView } from "@/lib/client/types";
import { seqOf } from "./anchor";
import type { Place } from "./place";
import { placeOf, returnTo } from "./place";
import type { VisitView } from "./use-visit";
import type { Visit } from "./visit";

/** This close to the end counts as being there. */
const NEAR_END_PX = 64;

/** What was read before stays in sight above the "New" line. */
const ABOVE_NEW_PX = 56;

export interface TranscriptScroll {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** Inside of it, the messages in chunks. */
  list: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  /** The place where this visit starts has been found: what is in view counts as read. */
  settled: boolean;
  onScroll: () => void;
  /** Where the reader is, after something has changed its size. */
  keepPlace: () => void;
  toEnd: () => void;
}

/**
 * Keeps the reader's place. At the end it stays at the end, whatever grows: messages, composer,
 * keyboard. Anywhere else the message that is read stays where it is, whatever comes, goes or
 * changes its height above or below (by hand, because Safari has no scroll anchoring). One's own
 * message leads to the end. A visit starts at the first new message, or at the end where the new ones
 * fit, where there are none, or far too many.
 */
export function useTranscriptScroll(
  messages: readonly MessageView[],
  { visit, newSeq, seeking }: VisitView,
): TranscriptScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const place = useRef<Place | null>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [started, setStarted] = useState<Visit | null>(null);
  const before = useRef({ last: "", width: 0, height: 0 });

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    sticks.current = true;
    setAtEnd(true);
    element.scrollTop = element.scrollHeight;
  }, []);

  const keepPlace = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    if (sticks.current) element.scrollTop = element.scrollHeight;
    else if (place.current) place.current = returnTo(element, place.current);
  }, []);

  /** Takes the place where the reader is now. */
  const lookAround = useCallback(() => {
    const element = scroller.current;
    if (!element || !list.current) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    sticks.current = left < NEAR_END_PX;
    place.current = sticks.current ? null : placeOf(element, list.current);
    setAtEnd(sticks.current);
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    // A page that is being resized (a phone turns, its keyboard opens) scrolls by itself, between the
    // new size and our answer to it: that is not the reader leaving the end.
    const { width, height } = before.current;
    const resized = element.clientWidth !== width || element.clientHeight !== height;
    if (sticks.current && resized) return;
    lookAround();
  }, [lookAround]);

  useLayoutEffect(() => {
    const newest = messages[messages.length - 1];
    const last = newest?.key ?? "";
    const came = last !== before.current.last;
    before.current.last = last;
    if (came && newest?.mine) toEnd();
    keepPlace();
  }, [messages, toEnd, keepPlace]);

  // After the one above, which would hold on to the end.
  useLayoutEffect(() => {
    if (!visit || visit === started || seeking) return;
    setStarted(visit);
    const line = scroller.current?.querySelector("[data-new]");
    // A link to one message leads there; whoever has read nothing yet has no place to come back to.
    if (
      !line ||
      seqOf(location.hash) !== null ||
      !scroller.current ||
      newSeq === null ||
      visit.readSeq === 0
    )
      return;
    const { top } = scroller.current.getBoundingClientRect();
    scroller.current.scrollTop += line.getBoundingClientRect().top - top - ABOVE_NEW_PX;
    lookAround();
  }, [visit, started, seeking, newSeq, lookAround]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      keepPlace();
      const { clientWidth: width = 0, clientHeight: height = 0 } = scroller.current ?? {};
      before.current = { ...before.current, width, height };
    });
    if (scroller.current) observer.observe(scroller.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, [keepPlace]);

  const settled = visit !== null && visit === started;
  return { scroller, content, list, atEnd, settled, onScroll, keepPlace, toEnd };
}
