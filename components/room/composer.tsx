"use client";

import type { KeyboardEvent } from "react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useRoom, useRoomClient } from "@/lib/client/react";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Icon, SEND } from "../ui/icon";
import { useHydrated } from "../ui/use-hydrated";
import { later } from "../ui/later";
import { useTouch } from "../ui/use-touch";
import { CharactersLeft } from "./characters-left";
import { keepDraft, readDraft } from "./draft";
import { charactersLeft } from "./length";
import { arrivesToWrite } from "./message-field";
import { REFUSED } from "./refused-words";
import { grow } from "./grow";
import { useComposerTalk } from "./use-composer-talk";
import { useHold } from "./use-hold";

const FieldCompletion = later(() =>
  import("./completion/field-completion").then((file) => file.FieldCompletion),
);
const ComposerHold = later(() => import("./composer-hold").then((file) => file.ComposerHold));
const ReplyBar = later(() => import("./reply-bar").then((file) => file.ReplyBar));

/**
 * Where one writes. The field is uncontrolled: what is typed before hydration stays, and typing
 * redraws nothing but the counter. Text leaves the field only once the outbox has taken it.
 */
export function Composer({ room, name, person }: { room: string; name: string; person: string }) {
  const client = useRoomClient();
  const hydrated = useHydrated();
  const touch = useTouch();
  const phase = useRoom((view) => view.connection.phase);
  const { hold, readOnly, waits, sent: noteSent } = useHold();
  const field = useRef<HTMLTextAreaElement>(null);
  const [left, setLeft] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { replyTo, onTalkKey, sent } = useComposerTalk();
  const closed = phase === "signed_out" || phase === "failed" || phase === "closed";

  const changed = useCallback(() => {
    const text = field.current?.value ?? "";
    keepDraft(person, room, text);
    setLeft(charactersLeft(text));
    setRefusal(null);
    if (field.current) grow(field.current);
    return text;
  }, [person, room]);

  useEffect(() => {
    // Typed before hydration wins over what was kept.
    if (field.current && field.current.value === "") field.current.value = readDraft(person, room);
    if (field.current?.value) changed();
    if (arrivesToWrite(room)) field.current?.focus();
  }, [person, room, changed]);

  function send() {
    const element = field.current;
    if (!element || closed || readOnly || waits) return;
    const result = client.send(element.value, { replyTo });
    if (result.ok) {
      sent();
      noteSent();
      element.value = "";
      changed();
      client.setTyping(false);
    } else if (result.reason !== "empty") {
      setRefusal(REFUSED[result.reason]);
    }
    element.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (onTalkKey(event)) return;
    // Safari ends a composition before the key that ended it: 229 tells.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    // Where there is no Shift to break a line with, Enter does, and the button sends.
    if (event.key !== "Enter" || event.shiftKey || composing || touch) return;
    event.preventDefault();
    send();
  }

  const described = cx(
    left !== null && "composer-left",
    refusal && "composer-refusal",
    replyTo !== undefined && "composer-reply",
    hold && "composer-hold",
  );
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="relative mx-auto w-full max-w-[46rem] px-4 sm:px-6"
    >
      <FieldCompletion field={field} missing={null} />
      {refusal && (
        <p id="composer-refusal" role="alert" className="pb-1.5 text-small text-danger">
          {refusal}
        </p>
      )}
      {hold && <ComposerHold hold={hold} missing={null} />}
      {replyTo !== undefined && <ReplyBar seq={replyTo} missing={null} />}
      <div
        className={cx(
          "flex items-end gap-1 rounded-house border bg-surface pr-1.5 has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:-outline-offset-1 has-[textarea:focus-visible]:outline-accent-ink",
          left !== null && left < 0 ? "border-danger" : "border-strong",
        )}
      >
        <textarea
          ref={field}
          name="message"
          aria-label="Message"
          aria-describedby={described || undefined}
          aria-invalid={left !== null && left < 0 ? true : undefined}
          placeholder={readOnly ? "You can read here, not write." : `Message ${name}`}
          readOnly={readOnly}
          rows={1}
          dir="auto"
          enterKeyHint={touch ? "enter" : "send"}
          autoComplete="off"
          onInput={() => client.setTyping(changed().trim() !== "")}
          onBlur={() => client.setTyping(false)}
          onKeyDown={onKeyDown}
          className="max-h-[35dvh] min-h-12 min-w-0 flex-1 resize-none bg-transparent px-3.5 py-3 text-body outline-none placeholder:truncate placeholder:text-quiet [field-sizing:content]"
        />
        <CharactersLeft id="composer-left" left={left} className="self-end pb-3.5" />
        <Button
          type="submit"
          look="primary"
          small
          aria-label="Send"
          title={touch ? "Send" : "Send (Enter)"}
          disabled={!hydrated || closed || readOnly}
          aria-disabled={waits || undefined}
          // The press must not take the focus from the field: phones would drop their keyboard.
          onPointerDown={(event) => event.preventDefault()}
          className="mb-1.5 size-9 px-0! aria-disabled:cursor-not-allowed aria-disabled:bg-hover aria-disabled:text-quiet pointer-coarse:mb-0.5"
        >
          <Icon d={SEND} className="size-4.5" />
        </Button>
      </div>
    </form>
  );
}
