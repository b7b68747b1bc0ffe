"use client";

import { Button } from "./button";
import { ErrorSummary } from "./error-summary";
import { Notice } from "./notice";
import type { FormView } from "./use-form";
import { useHydrated } from "./use-hydrated";

/** Why a form was not accepted, as one sentence. */
export function Refusal({ children }: { children: string | undefined }) {
  if (!children) return null;
  return (
    <Notice look="danger" role="alert">
      {children}
    </Notice>
  );
}

/** Above the fields of a form: what is wrong with them, and why it was refused as a whole. */
export function FormProblems({
  form: { attempt, wrong, refusal },
}: {
  form: Pick<FormView<string>, "attempt" | "wrong" | "refusal">;
}) {
  return (
    <>
      <ErrorSummary attempt={attempt} errors={wrong} />
      <Refusal>{refusal}</Refusal>
    </>
  );
}

/** The button of a form that stays where it is, and what it did. */
export function SaveLine({
  label,
  form: { busy, done },
}: {
  label: string;
  form: Pick<FormView<string>, "busy" | "done">;
}) {
  const hydrated = useHydrated();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button type="submit" small disabled={!hydrated} aria-busy={busy}>
        {label}
      </Button>
      <p role="status" className="text-small text-quiet">
        {done}
      </p>
    </div>
  );
}
