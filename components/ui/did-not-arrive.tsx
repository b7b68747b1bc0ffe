import type { ReactNode } from "react";
import { Button } from "./button";

/** Stands where a part of the page should open that could not be fetched; opening it again asks again. */
export function DidNotArrive({ onClose, children }: { onClose: () => void; children?: ReactNode }) {
  return (
    <div
      role="alert"
      className="arrive fixed inset-x-4 bottom-24 z-20 mx-auto flex max-w-sm items-center gap-3 rounded-house border border-line bg-surface py-2 pr-2 pl-4 text-small shadow-float"
    >
      <p className="flex-1">{children ?? "This did not arrive. Open it again in a moment."}</p>
      <Button small look="quiet" onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
