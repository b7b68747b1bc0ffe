"use client";

import { useState } from "react";
import type { ExportResult } from "@/lib/client/account-export";
import { exportAccount } from "@/lib/client/account-export";
import { Button } from "../ui/button";
import { Refusal } from "../ui/form-parts";
import { wait } from "../ui/format";
import { useHydrated } from "../ui/use-hydrated";

const FILE_NAME = "guestlist.json";

/** Brings together everything that is kept of whoever asks, and gives it to them as a file. */
export function ExportData() {
  const hydrated = useHydrated();
  const [state, setState] = useState<"idle" | "busy" | ExportResult>("idle");
  const result = typeof state === "object" ? state : null;

  async function run() {
    if (state === "busy") return;
    setState("busy");
    const answer = await exportAccount();
    if (answer.ok) save(answer.file);
    setState(answer);
  }

  return (
    <div className="grid justify-items-start gap-3">
      <Button small disabled={!hydrated} aria-busy={state === "busy"} onClick={() => void run()}>
        Download my data
      </Button>
      <p role="status" className="text-small text-quiet">
        {state === "busy"
          ? "Bringing it together, room by room…"
          : result?.ok
            ? savedWords(result)
            : "One JSON file: your profile, sign-ins, rooms, whom you hide, and every message of yours."}
      </p>
      <Refusal>{result && !result.ok ? refusedWords(result) : undefined}</Refusal>
    </div>
  );
}

function save(file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = FILE_NAME;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const counted = (count: number, one: string, more: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${more}`;

function savedWords({ messages, unread }: Extract<ExportResult, { ok: true }>): string {
  const saved = `Saved as ${FILE_NAME}, with ${counted(messages, "message", "messages")} of yours.`;
  if (unread === 0) return saved;
  return `${saved} ${counted(unread, "room", "rooms")} did not answer, and the file names them: download it again later.`;
}

function refusedWords(result: Extract<ExportResult, { ok: false }>): string {
  switch (result.code) {
    case "rate_limited":
      return `You downloaded it several times just now. Try again in ${wait(result.retryAfterSeconds ?? 60)}.`;
    case "signed_out":
      return "You’re signed out. Sign in again, then download it.";
    default:
      return "It did not arrive whole, so nothing was saved. Try again.";
  }
}
