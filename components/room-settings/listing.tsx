"use client";

import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import type { useListing } from "./use-listing";

/** A list under way, not to be had, empty, or here: its lines are drawn by `children`. */
export function Listing<T>({
  label,
  listing: { state, reload },
  linesOf,
  empty,
  refusal,
  children,
}: {
  label: string;
  listing: ReturnType<typeof useListing<T>>;
  linesOf: (found: T) => readonly unknown[];
  empty: string;
  refusal?: string | null;
  children: (found: T, at: number) => ReactNode;
}) {
  return (
    <div className="grid grid-cols-1 gap-3">
      {state.kind === "loading" && (
        // As high as the words for an empty list, which nearly all are: nothing below moves.
        <p aria-hidden="true" className="skeleton text-small">
          {"\u00a0"}
        </p>
      )}
      {state.kind === "failed" && (
        <Notice
          look="danger"
          role="alert"
          action={
            <Button small onClick={() => void reload()}>
              Try again
            </Button>
          }
        >
          The list did not arrive. {state.text}
        </Notice>
      )}
      {state.kind === "shown" &&
        (linesOf(state.found).length === 0 ? (
          <p className="text-small text-quiet">{empty}</p>
        ) : (
          <ul aria-label={label} className="divide-y divide-line border-y border-line">
            {children(state.found, state.at)}
          </ul>
        ))}
      {refusal && (
        <Notice look="danger" role="alert">
          {refusal}
        </Notice>
      )}
    </div>
  );
}
