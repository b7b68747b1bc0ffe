"use client";

import type { FormEvent } from "react";
import { useState } from "react";

/** What came of submitting a form. Nothing but `leaving` lets it be submitted again. */
export interface Outcome<F extends string> {
  /** What is wrong with single fields, shown beside them. */
  errors?: Partial<Record<F, string>>;
  /** Why it was not done, where no field is to blame. */
  refusal?: string | undefined;
  /** What was done. */
  done?: string;
  /** Another page is on its way. */
  leaving?: true;
}

export interface FormView<F extends string> extends Outcome<F> {
  busy: boolean;
  /** Rises with each submission that found wrong fields. */
  attempt: number;
  /** The wrong fields in the order of the page. */
  wrong: { id: string; text: string }[];
  /** The attributes that tie a field to the form. */
  field: (name: F) => { id: string; name: F; error: string | undefined };
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

/**
 * A form whose inputs keep their own text: `work` gets it and says what came of it. One submission
 * at a time; what the last one said goes when the next begins.
 * `fields`: names in the order of the page; their ids begin with `prefix`.
 */
export function useForm<F extends string>(
  { fields, prefix = "", refusal }: { fields: readonly F[]; prefix?: string; refusal?: string },
  work: (given: Record<F, string>, form: HTMLFormElement) => Promise<Outcome<F>> | Outcome<F>,
): FormView<F> {
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [outcome, setOutcome] = useState<Outcome<F>>(refusal === undefined ? {} : { refusal });
  const { errors = {} as Partial<Record<F, string>> } = outcome;
  const idOf = (name: F) => `${prefix}${name}`;

  async function submit(form: HTMLFormElement) {
    const data = new FormData(form);
    const given = Object.fromEntries(
      fields.map((name) => [name, String(data.get(name) ?? "")]),
    ) as Record<F, string>;
    setBusy(true);
    setOutcome({});
    const result = await work(given, form);
    setOutcome(result);
    if (result.errors) setAttempt((count) => count + 1);
    if (!result.leaving) setBusy(false);
  }

  return {
    ...outcome,
    busy,
    attempt,
    wrong: fields.flatMap((name) => {
      const text = errors[name];
      return text ? [{ id: idOf(name), text }] : [];
    }),
    field: (name) => ({ id: idOf(name), name, error: errors[name] }),
    onSubmit(event) {
      event.preventDefault();
      if (!busy) void submit(event.currentTarget);
    },
  };
}
