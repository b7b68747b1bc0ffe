import { useMemo, useState } from "react";
import type { MessageView } from "@/lib/client/types";
import type { Chunk } from "./chunks";
import { chunksOf } from "./chunks";

/** The transcript in chunks; those that did not change are the same objects as before. */
export function useChunks(messages: readonly MessageView[]): readonly Chunk[] {
  const [cut] = useState(createCut);
  return useMemo(() => cut(messages), [cut, messages]);
}

function createCut() {
  let last: readonly Chunk[] = [];
  return (messages: readonly MessageView[]) => (last = chunksOf(messages, last));
}
