"use client";

import type { MessageView } from "@/lib/client/types";
import { useHidden } from "../people/hidden";
import { clockTime } from "../ui/format";
import { anchorOf } from "./anchor";

/** Stands for what a hidden person said: a quiet line, never spoken, and a way to read it. */
export function HiddenMessages({ messages }: { messages: readonly MessageView[] }) {
  const { show } = useHidden();
  const first = messages[0];
  if (!first) return null;
  const words = messages.length === 1 ? "Hidden message" : `${messages.length} hidden messages`;
  return (
    <div className="pt-5 pl-11" aria-live="off">
      <article
        tabIndex={-1}
        aria-label={`${words}, ${clockTime(first.ts)}`}
        className="flex min-h-8 items-center gap-3 text-small text-quiet"
      >
        {/* Links to them still lead here. */}
        {messages.map(
          ({ key, seq }) =>
            seq !== undefined && <span key={key} id={anchorOf(seq)} tabIndex={-1} />,
        )}
        <span className="italic">{words}</span>
        <button
          type="button"
          onClick={() => show(first.key)}
          className="target rounded-house px-2 underline underline-offset-2 hover:text-ink"
        >
          Show
        </button>
      </article>
    </div>
  );
}
