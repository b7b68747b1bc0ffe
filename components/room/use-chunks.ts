import { useState } from "react";
import type { MessageView } from "@/lib/client/types";
import type { Chunk } from "./chunks";
import { chunksOf } from "./chunks";

/** The transcript in chunks; those that did not change are the same objects as before. */
export function useChunks(messages: readonly MessageView[]): readonly Chunk[] {
  const [state, setState] = useState<{
    messages: readonly MessageView[];
    chunks: readonly Chunk[];
  }>(() => ({ messages, chunks: chunksOf(messages, []) }));
  if (state.messages === messages) return state.chunks;
  const next = { messages, chunks: chunksOf(messages, state.chunks) };
  // State that follows a value is set while drawing: React draws again at once, with nothing shown yet.
  setState(next);
  return next.chunks;
}
