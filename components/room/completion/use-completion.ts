"use client";

import type { RefObject } from "react";
import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useRoom } from "@/lib/client/react";
import { loadShortcodes, type Shortcode } from "@/lib/client/shortcodes";
import { emojiOptions, type Option, peopleOptions } from "./options";
import { type Query, queryAt } from "./query";
import { pressEnter, useHeldEnter } from "./use-held-enter";
import { useSomebody } from "./use-somebody";

const HEARD = ["input", "keydown", "keyup", "blur", "compositionstart", "compositionend"];

export interface Completion {
  listId: string;
  kind: Query["kind"];
  options: Option[];
  active: number;
  choose(option: Option): void;
}

/**
 * A list that completes what is typed in a text field, after the ARIA authoring practices for a
 * combobox. The focus stays in the field. While the list is closed no key means anything to it, and
 * while a composition is under way nothing opens. It listens to the field by itself: its code comes
 * after the page is alive, and the field need not know.
 */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>): Completion | null {
  const listId = useId();
  const [query, setQuery] = useState<Query | null>(null);
  const [active, setActive] = useState(0);
  /** The place of a query that was closed with Escape: it stays closed. */
  const [dismissed, setDismissed] = useState<number | null>(null);
  const composing = useRef(false);
  /** An Enter that was held goes on: it is not held again. */
  const passing = useRef(false);
  const emoji = useEmoji(query?.kind === "emoji");
  const people = useSomebody();
  const live = useRoom((view) => view.ready);

  const options = useMemo(() => {
    if (!query || query.from === dismissed) return [];
    if (query.kind === "emoji") return emojiOptions(emoji ?? [], query.typed);
    // Who is here is known from the welcome.
    return live ? peopleOptions(people, query.typed) : [];
  }, [query, live, dismissed, people, emoji]);
  const open = query !== null && options.length > 0;
  const at = Math.min(active, options.length - 1);
  const waiting = emoji === null && query?.kind === "emoji" && query.from !== dismissed;
  const enter = useHeldEnter(waiting, passOn);

  function current(): Query | null {
    const element = field.current;
    const caret = element && element.selectionStart === element.selectionEnd;
    return caret && !composing.current ? queryAt(element.value, element.selectionStart) : null;
  }

  function look() {
    const next = current();
    if (next?.from === query?.from && next?.typed === query?.typed) return;
    setQuery(next);
    setActive(0);
    if (next?.from !== dismissed) setDismissed(null);
  }

  function choose(option: Option) {
    const element = field.current;
    if (!element || !query) return;
    element.focus();
    element.setSelectionRange(query.from, element.selectionEnd);
    // As if typed, so that it can be undone; the field's own listeners hear of it.
    if (!document.execCommand("insertText", false, option.text)) {
      element.setRangeText(option.text, query.from, element.selectionEnd, "end");
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }
    setQuery(null);
  }

  /** What was held while the list was on its way takes from it, or does what it does without one. */
  function passOn() {
    const option = options[at];
    if (option && current()?.typed === query?.typed) return choose(option);
    if (!field.current) return;
    passing.current = true;
    pressEnter(field.current);
    passing.current = false;
  }

  /** True where the key waits for the list. */
  function holds(event: KeyboardEvent, plain: boolean): boolean {
    if (plain && waiting && event.key === "Enter" && !passing.current) {
      enter.hold();
      return true;
    }
    if (enter.held) {
      enter.drop();
      // Who writes on has meant the Enter before it; who corrects has not.
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) passOn();
    }
    return false;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.isComposing || event.keyCode === 229) return;
    if (holds(event, plain)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (!open || !plain) return;
    const option = options[at];
    if (event.key === "ArrowDown") setActive((at + 1) % options.length);
    else if (event.key === "ArrowUp") setActive((at - 1 + options.length) % options.length);
    else if ((event.key === "Enter" || event.key === "Tab") && option) choose(option);
    else if (event.key === "Escape") setDismissed(query.from);
    else return;
    // React hears of what bubbles up to the document: a key that was taken here goes nowhere else.
    event.preventDefault();
    event.stopPropagation();
  }

  const hear = useEffectEvent((event: Event) => {
    if (event.type === "keydown") return onKeyDown(event as KeyboardEvent);
    if (event.type === "compositionstart") composing.current = true;
    if (event.type === "compositionend") composing.current = false;
    if (event.type === "blur") enter.drop();
    if (event.type === "blur" || event.type === "compositionstart") setQuery(null);
    // The caret of whatever has the focus has moved.
    else if (event.type !== "selectionchange" || document.activeElement === field.current) look();
  });
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const listener = (event: Event) => hear(event);
    for (const type of HEARD) element.addEventListener(type, listener);
    document.addEventListener("selectionchange", listener);
    // Somebody may have begun to write before this was here.
    if (document.activeElement === element) hear(new Event("input"));
    return () => {
      for (const type of HEARD) element.removeEventListener(type, listener);
      document.removeEventListener("selectionchange", listener);
    };
  }, [field]);

  useLayoutEffect(() => {
    const element = field.current;
    element?.setAttribute("aria-autocomplete", "list");
    if (!element || !open) return;
    element.setAttribute("aria-controls", listId);
    element.setAttribute("aria-activedescendant", optionId(listId, at));
    return () => {
      element.removeAttribute("aria-controls");
      element.removeAttribute("aria-activedescendant");
    };
  }, [field, open, listId, at]);

  return open ? { listId, kind: query.kind, options, active: at, choose } : null;
}

/** Loaded when the first colon asks for it; null until it has been. */
function useEmoji(wanted: boolean): readonly Shortcode[] | null {
  const [emoji, setEmoji] = useState<readonly Shortcode[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    void loadShortcodes().then((list) => !left && setEmoji(list));
    return () => void (left = true);
  }, [wanted]);
  return emoji;
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;
