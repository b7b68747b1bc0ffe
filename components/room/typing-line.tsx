"use client";

import { useRoom } from "@/lib/client/react";
import { useHidden } from "../people/hidden";
import { typingWords } from "./typing-words";

/** Who is typing: a line of fixed height, never spoken. */
export function TypingLine() {
  const { ids } = useHidden();
  const typing = useRoom((view) => view.typing.filter(({ id }) => !ids.has(id)));
  const words = typingWords(typing.map((person) => person.name));
  return (
    <p className="mx-auto h-6 w-full max-w-[46rem] truncate px-4 pt-1 text-fine text-quiet sm:px-6">
      {words && (
        <span className="arrive inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="typing-dots">
            <i /> <i /> <i />
          </span>
          <bdi>{words}</bdi>
        </span>
      )}
    </p>
  );
}
