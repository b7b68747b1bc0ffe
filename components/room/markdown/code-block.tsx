"use client";

import { useEffect, useState } from "react";
import { Check, Copy } from "lucide-react";

const SAID_MS = 2_000;
const WORDS = { copy: "Copy", copied: "Copied", failed: "Not copied" };

/** Code as it was typed; long lines wrap, so that nothing scrolls sideways. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const [said, setSaid] = useState<keyof typeof WORDS>("copy");
  useEffect(() => {
    if (said === "copy") return;
    const timer = setTimeout(() => setSaid("copy"), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);

  async function copy() {
    // Without https there is no clipboard.
    const done = navigator.clipboard?.writeText(code) ?? Promise.reject(new Error("no clipboard"));
    setSaid(await done.then(() => "copied" as const).catch(() => "failed" as const));
  }

  const Icon = said === "copied" ? Check : Copy;
  return (
    <div dir="ltr" className="overflow-hidden rounded-house border border-line bg-sunken">
      <div className="flex items-center justify-between gap-2 border-b border-line pl-3 text-fine text-quiet">
        <span className="truncate">{language || "Code"}</span>
        <button
          type="button"
          tabIndex={-1}
          onClick={() => void copy()}
          className="inline-flex min-h-7 shrink-0 items-center gap-1.5 px-3 font-medium -outline-offset-2 hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
        >
          <Icon aria-hidden="true" className="size-3.5" />
          {WORDS[said]}
        </button>
      </div>
      <pre className="px-3 py-2 font-mono text-small break-words whitespace-pre-wrap">
        <code>{code}</code>
      </pre>
    </div>
  );
}
