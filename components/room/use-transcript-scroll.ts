import type { RefObject } from "react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { MessageView } from "@/lib/client/types";

/** This close to the end counts as being there. */
const NEAR_END_PX = 64;

export interface TranscriptScroll {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  onScroll: () => void;
  toEnd: () => void;
}

/**
 * Keeps the reader's place. At the end it stays at the end, whatever grows: messages, composer,
 * keyboard. Anywhere else nothing moves: older pages go in above without a jump (by hand, because
 * Safari has no scroll anchoring), new messages below. One's own message leads to the end.
 */
export function useTranscriptScroll(messages: readonly MessageView[]): TranscriptScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({ first: "", last: "", height: 0, room: 0 });

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    sticks.current = true;
    setAtEnd(true);
    element.scrollTop = element.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    // A page that is being resized (a phone turns, its keyboard opens) scrolls by itself, between the
    // new size and our answer to it: that is not the reader leaving the end.
    const { height, room } = before.current;
    const resized = element.scrollHeight !== height || element.clientHeight !== room;
    if (sticks.current && resized) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    sticks.current = left < NEAR_END_PX;
    setAtEnd(sticks.current);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const was = before.current;
    const first = messages[0]?.key ?? "";
    const newest = messages[messages.length - 1];
    const last = newest?.key ?? "";
    const prepended = was.first !== first && messages.some((one) => one.key === was.first);
    if (last !== was.last && (sticks.current || newest?.mine)) toEnd();
    else if (prepended && !sticks.current) element.scrollTop += element.scrollHeight - was.height;
    before.current = { ...was, first, last, height: element.scrollHeight };
  }, [messages, toEnd]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      const element = scroller.current;
      if (!element) return;
      if (sticks.current) element.scrollTop = element.scrollHeight;
      before.current.height = element.scrollHeight;
      before.current.room = element.clientHeight;
    });
    if (scroller.current) observer.observe(scroller.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, atEnd, onScroll, toEnd };
}
