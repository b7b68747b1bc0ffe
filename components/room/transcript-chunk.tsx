"use client";

import { memo, useEffect, useMemo, useRef, useState } from "react";
import { dayName } from "../ui/format";
import type { Chunk } from "./chunks";
import { DayDivider, NewDivider } from "./dividers";
import { rowsOf } from "./group";
import { MessageGroup } from "./message-group";

/**
 * A stretch of messages that the browser does not lay out or paint while it is out of sight. Its
 * height is measured before that, so that it takes its place exactly and nothing jumps. Far away it is
 * a box of that height with nothing in it; what is put in again is not spoken.
 */
export const TranscriptChunk = memo(function TranscriptChunk({
  chunk,
  newSeq,
  today,
  away,
  last,
}: {
  chunk: Chunk;
  /** The height in pixels that holds its place while it is far away. */
  away: number | undefined;
  /** At the end, where what is put in is new. */
  last: boolean;
  /** The message before which "New" stands, where that is in this chunk. */
  newSeq: number | null;
  today: number;
}) {
  const rows = useMemo(
    () => rowsOf(chunk.messages, { before: chunk.before, newSeq }),
    [chunk, newSeq],
  );
  const element = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState<{ rows: typeof rows; height: number } | null>(null);
  /** Its height when it was taken out last. */
  const [left, setLeft] = useState(away);
  if (away !== undefined && away !== left) setLeft(away);
  const drawn = away === undefined;
  useEffect(() => {
    // The last ones are near whoever gets new messages, which would have it measured again each time.
    if (!element.current || !drawn || last) return;
    const observer = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize;
      if (height === undefined) return;
      // Once; from then on the browser remembers the size by itself.
      observer.disconnect();
      setMeasured((before) => (before?.rows === rows ? before : { rows, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [rows, drawn, last]);
  // Whatever is in it now must have been laid out once: what is skipped would keep its old height.
  const known = !last && measured?.rows === rows;
  const size = left ?? measured?.height;
  return (
    <div
      ref={element}
      data-chunk={chunk.key}
      data-away={drawn ? undefined : ""}
      aria-live={left !== undefined && !last ? "off" : undefined}
      // Skipping clips: the edge is that of the column, past which hovered lines reach.
      className="-mx-4 px-4 sm:-mx-6 sm:px-6"
      style={
        !drawn
          ? { blockSize: away }
          : known
            ? { contentVisibility: "auto", containIntrinsicBlockSize: `auto ${size}px` }
            : undefined
      }
    >
      {drawn &&
        rows.map((row) => {
          if (row.kind === "group") return <MessageGroup key={row.key} messages={row.messages} />;
          if (row.kind === "new") return <NewDivider key={row.key} />;
          return <DayDivider key={row.key} ts={row.ts} name={dayName(row.ts, today)} />;
        })}
    </div>
  );
});
