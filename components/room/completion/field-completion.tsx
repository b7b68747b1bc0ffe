"use client";

import type { RefObject } from "react";
import { CompletionList } from "./completion-list";
import { useCompletion } from "./use-completion";

/** Completes mentions and emoji in a text field that knows nothing of it, from above. */
export function FieldCompletion({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  return <CompletionList completion={useCompletion(field)} />;
}
