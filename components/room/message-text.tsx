"use client";

import { useMemo } from "react";
import { cx } from "../ui/cx";
import { useKnownNames } from "./known-names";
import { useMarkdown } from "./markdown/lazy";
import { worthParsing } from "./markdown/worth";
import { withLinks } from "./words";

/** More marks on one letter than any orthography uses: they would spill over the messages around. */
const STACKED = /\p{M}{5}/u;

/**
 * A message as it was meant: Markdown where there is any, else the text with its line breaks and safe
 * links. Direction follows each paragraph's own text.
 */
export function MessageText({ text }: { text: string }) {
  const names = useKnownNames();
  const markdown = useMarkdown();
  const draw = useMemo(() => (worthParsing(text) ? markdown : null), [markdown, text]);
  const drawn = useMemo(() => (draw ?? withLinks)(text, names), [draw, text, names]);
  const look = cx(
    "reading break-words whitespace-pre-wrap [overflow-wrap:anywhere]",
    STACKED.test(text) && "overflow-clip",
  );
  return draw ? (
    <div className={`${look} grid grid-cols-1 gap-2`}>{drawn}</div>
  ) : (
    <p dir="auto" className={look}>
      {drawn}
    </p>
  );
}
