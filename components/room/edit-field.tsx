"use client";

import type { KeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { useRoomClient } from "@/lib/client/react";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { useTouch } from "../ui/use-touch";
import { CharactersLeft } from "./characters-left";
import { grow } from "./grow";
import { charactersLeft } from "./length";
import { useTalk } from "./talk";
import { NOT_ASKED } from "./undone-words";

/** A message's text, to be written anew in its place. Enter saves, Escape leaves it as it was. */
export function EditField({ seq, text }: { seq: number; text: string }) {
  const client = useRoomClient();
  const talk = useTalk();
  const field = useRef<HTMLTextAreaElement>(null);
  const touch = useTouch();
  const [left, setLeft] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    grow(element);
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, []);

  function save() {
    const result = client.edit(seq, field.current?.value ?? "");
    if (result.ok) return talk.stopEditing();
    setRefusal(NOT_ASKED[result.reason]);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    // Safari ends a composition before the key that ended it: 229 tells.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") talk.stopEditing();
    // As in the composer: where there is no Shift to break a line with, Enter does.
    else if (event.key === "Enter" && !event.shiftKey && !touch) save();
    else return;
    event.preventDefault();
  }

  const described = cx(left !== null && "edit-left", refusal && "edit-refusal");
  return (
    <div aria-live="off" className="my-1">
      <textarea
        ref={field}
        aria-label="Edit message"
        aria-describedby={described || undefined}
        aria-invalid={left !== null && left < 0 ? true : undefined}
        defaultValue={text}
        rows={1}
        dir="auto"
        onInput={(event) => {
          grow(event.currentTarget);
          setLeft(charactersLeft(event.currentTarget.value));
          setRefusal(null);
        }}
        onKeyDown={onKeyDown}
        className="block max-h-[40dvh] min-h-11 w-full resize-none rounded-house border border-strong bg-surface px-3 py-2.5 text-body text-ink -outline-offset-1 [field-sizing:content]"
      />
      {refusal && (
        <p id="edit-refusal" role="alert" className="pt-1.5 text-small text-danger">
          {refusal}
        </p>
      )}
      <div className="flex items-center gap-2 pt-2">
        <Button small look="primary" title={touch ? "Save" : "Save (Enter)"} onClick={save}>
          Save
        </Button>
        <Button small look="quiet" title="Cancel (Esc)" onClick={() => talk.stopEditing()}>
          Cancel
        </Button>
        <CharactersLeft id="edit-left" left={left} />
      </div>
    </div>
  );
}
