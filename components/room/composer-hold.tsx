"use client";

import type { Held } from "@/lib/client/types";
import { heldWords } from "../moderation/held-words";
import { left } from "../ui/format";

export type Hold =
  | { kind: "archived" }
  | { kind: "muted"; held: Held }
  | { kind: "reader" }
  | { kind: "slow"; everySeconds: number; waitSeconds: number };

function words(hold: Hold): string {
  switch (hold.kind) {
    case "archived":
      return "This room is archived: it can be read, and nobody writes in it any more.";
    case "muted":
      return `${heldWords("Muted", hold.held, Date.now())} You read on; what you typed is kept.`;
    case "reader":
      return "You can read here, not write. What you typed is kept.";
    case "slow":
      return `Slow mode: one message every ${left(hold.everySeconds)}.`;
  }
}

/** Why one cannot write right now, above the field; the seconds are for the eye alone. */
export function ComposerHold({ hold }: { hold: Hold }) {
  return (
    <p id="composer-hold" className="flex items-baseline gap-2 pb-1.5 text-small text-soft">
      <span role="status" className="min-w-0 break-words">
        {words(hold)}
      </span>
      {hold.kind === "slow" && hold.waitSeconds > 0 && (
        <span aria-hidden="true" className="tabular shrink-0 text-quiet">
          {left(hold.waitSeconds)} to wait
        </span>
      )}
    </p>
  );
}
