"use client";

import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import type { AdminResult } from "@/lib/client/room-admin";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Refusal } from "../ui/form-parts";
import { type Outcome, useForm } from "../ui/use-form";
import { useHydrated } from "../ui/use-hydrated";
import { refusedOutcome } from "./refused";

/**
 * Something that is asked once more before it is done: first a button, then what it means, what has to
 * be said for it, and a way back.
 */
export function AskedDeed<F extends string>({
  name,
  hint,
  look = "danger",
  question,
  button,
  fields,
  check,
  work,
  done,
  children,
}: {
  name: string;
  /** What it does, in a few words beside the button. */
  hint: string;
  look?: "danger" | "plain";
  question: string;
  button: string;
  fields: readonly F[];
  check?: (given: Record<F, string>) => Outcome<F> | null;
  work: (given: Record<F, string>) => Promise<AdminResult>;
  done: () => void;
  children?: (field: (name: F) => { id: string; name: F; error: string | undefined }) => ReactNode;
}) {
  const hydrated = useHydrated();
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (asked) box.current?.focus();
    else if (wasAsked.current) opener.current?.focus();
    wasAsked.current = asked;
  }, [asked]);
  const form = useForm({ fields, prefix: `${name.replaceAll(" ", "-")}-` }, async (given) => {
    const wrong = check?.(given);
    if (wrong) return wrong;
    const result = await work(given);
    if (!result.ok) return refusedOutcome(result, fields);
    setAsked(false);
    done();
    return {};
  });

  if (!asked) {
    return (
      <div className="flex items-center gap-4">
        <p className="min-w-0 flex-1 text-small text-soft">{hint}</p>
        <Button
          ref={opener}
          look={look}
          small
          disabled={!hydrated}
          className="shrink-0"
          onClick={() => setAsked(true)}
        >
          {name}
        </Button>
      </div>
    );
  }
  return (
    <form
      ref={box}
      method="post"
      tabIndex={-1}
      noValidate
      aria-label={name}
      onSubmit={form.onSubmit}
      className={cx(
        "grid grid-cols-1 gap-3 break-words rounded-house p-4",
        look === "danger" ? "bg-danger-wash" : "bg-sunken",
      )}
    >
      <p className="text-small">{question}</p>
      {children?.(form.field)}
      <Refusal>{form.refusal}</Refusal>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look={look} small aria-busy={form.busy}>
          {button}
        </Button>
        <Button small onClick={() => setAsked(false)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
